/** A host that indexes one e-mail and searches it. */
module io.earshot.examples {
  requires io.earshot;
  requires io.earshot.indexers;
}
