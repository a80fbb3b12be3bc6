-- One run. Variables: name, query (an expression that makes a tsquery of topic.query), normalisation.
with hits as (
  select
    topic.position,
    topic.id as topic,
    document.id,
    ts_rank(document.document, asked.tsquery, :normalisation) as score,
    row_number() over (
      partition by topic.id
      order by ts_rank(document.document, asked.tsquery, :normalisation) desc, document.started_at desc, document.id collate "C"
    ) as rank
  from topic
  cross join lateral (select :query as tsquery) as asked
  join document on document.customers ? topic.customer and document.document @@ asked.tsquery
)
select format('%s Q0 %s %s %s %s', topic, id, rank, score, :'name')
from hits
where rank <= 100
order by position, rank;
