#!/bin/sh
# Makes the recordings in src/test/resources/io/earshot/transcription/formats.
#
#   make.sh CALLS OUT FFMPEG
#
# CALLS is a folder with call-1006-4.wav (8 kHz) and call-1006-4.16k.wav, the synthetic call of this
# project before any codec. FFMPEG is an ffmpeg that encodes AMR-WB, which Debian's does not; the one
# in org.bytedeco:ffmpeg does. Made with sox 14.4.2, ffmpeg 5.1 and, for AMR-WB, ffmpeg 8.0.
#
# "call" is 9.1 s of it from 23.0 s on: both speakers where the codec has two channels, else their
# mix. "short" is 1.1 s from 3.55 s on, the customer alone, as loud as can be. FormatsTest has the words.
set -eu
calls=$1 out=$2 amrwb=$3
tmp=$(mktemp -d)
trap 'rm -r "$tmp"' EXIT
mkdir -p "$out"

ff() { ffmpeg -v error -y -bitexact "$@"; }

sox -D "$calls/call-1006-4.wav" "$tmp/stereo8.wav" trim 23.0 9.1
sox -D "$calls/call-1006-4.16k.wav" "$tmp/stereo16.wav" trim 23.0 9.1
sox -D "$tmp/stereo8.wav" "$tmp/mono8.wav" remix 1v0.9,2v0.9
sox -D "$tmp/stereo16.wav" "$tmp/mono16.wav" remix 1v0.9,2v0.9
sox -D "$calls/call-1006-4.wav" "$tmp/short.wav" trim 3.55 1.1 remix 2 gain -n -1

# Uncompressed, and G.711
for codec in u8 s16le s24le s32le f32le f64le alaw mulaw; do
  ff -i "$tmp/short.wav" -c:a pcm_$codec "$out/short.$codec.wav"
done
ff -i "$tmp/short.wav" -rf64 always "$out/short.rf64.wav"
ff -i "$tmp/short.wav" "$out/short.w64"
ff -i "$tmp/short.wav" -c:a pcm_alaw "$out/short.caf"
sox -D "$tmp/short.wav" "$out/short.aiff"
sox -D "$tmp/short.wav" -e mu-law "$out/short.au"
ff -i "$tmp/stereo8.wav" -c:a flac -compression_level 12 "$out/call.flac" # lossless: the reference

# Telephone codecs
sox -D "$tmp/mono8.wav" -e gsm "$out/call.gsm.wav"
sox -D "$tmp/mono8.wav" "$out/call.gsm"
sox -D "$tmp/mono8.wav" -e ima-adpcm "$out/call.ima.wav"
sox -D "$tmp/mono8.wav" -e ms-adpcm "$out/call.ms.wav"
sox -D "$tmp/mono8.wav" -C 7 -t amr-nb "$out/call.amr" # with discontinuous transmission
ff -i "$out/call.amr" -c:a copy -movflags +faststart "$out/call.3gp"
"$amrwb" -v error -y -i "$tmp/mono16.wav" -c:a libvo_amrwbenc -dtx 1 -b:a 12.65k -f amr "$out/call.awb"
ff -i "$tmp/mono8.wav" -c:a libmp3lame -b:a 16k "$out/call.low.mp3"

# The rest
ff -i "$tmp/mono8.wav" -c:a libmp3lame -b:a 24k "$out/call.mp3.wav"
ff -i "$tmp/mono8.wav" -c:a libmp3lame -b:a 24k -write_xing 0 -id3v2_version 0 "$out/call.untagged.mp3"
ff -i "$tmp/stereo16.wav" -ar 22050 -c:a libmp3lame -b:a 40k "$out/call.mp3"
ff -i "$tmp/stereo16.wav" -c:a aac -b:a 28k "$out/call.aac"
ff -i "$tmp/stereo16.wav" -ar 44100 -c:a aac -b:a 32k -movflags +faststart "$out/call.m4a"
ff -i "$tmp/stereo16.wav" -c:a libopus -b:a 24k "$out/call.opus"
ff -i "$tmp/stereo8.wav" -c:a libvorbis -q:a 3 "$out/call.vorbis.ogg"
ff -i "$tmp/stereo16.wav" -c:a libopus -b:a 24k -cluster_time_limit 1000 "$out/call.webm"
ff -i "$tmp/mono16.wav" -c:a aac -b:a 20k -movflags frag_keyframe+empty_moov+default_base_moof \
  -frag_duration 1000000 "$out/call.fragments.mp4" # has no edit list
ff -f lavfi -i testsrc=size=64x48:rate=2:duration=9.1 -i "$tmp/stereo16.wav" -c:v libx264 \
  -pix_fmt yuv420p -g 20 -ar 48000 -c:a aac -b:a 32k -movflags +faststart "$out/call.mp4"
ff -f lavfi -i testsrc=size=64x48:rate=5:duration=1 -c:v libx264 -pix_fmt yuv420p "$out/video.mp4"

# Sound that ends before the video does
for end in mp4 webm; do
  codec=$([ $end = mp4 ] && echo "-c:v libx264 -c:a aac" || echo "-c:v libvpx -c:a libopus")
  ff -f lavfi -i color=size=64x48:rate=1:duration=3 -i "$tmp/short.wav" -pix_fmt yuv420p $codec -b:a 24k "$out/longer-video.$end"
done

# A tone a channel: 300 Hz, 500 Hz, 700 Hz ...
tones() { # CHANNELS LAYOUT FILE CODEC...
  channels=$1 layout=$2 file=$3
  shift 3
  exprs=$(for i in $(seq 0 $((channels - 1))); do printf '0.3*sin(2*PI*t*%d)|' $((300 + 200 * i)); done)
  ff -f lavfi -i "aevalsrc=exprs=${exprs%|}:channel_layout=$layout:sample_rate=8000:duration=0.5" \
    "$@" "$out/$file"
}
tones 8 7.1 tones-8.flac -c:a flac -sample_fmt s16
tones 5 5.0 tones-5.m4a -c:a aac -b:a 96k
tones 4 quad tones-4.opus -c:a libopus -b:a 96k
tones 6 5.1 tones-6.vorbis.ogg -c:a libvorbis -q:a 0
