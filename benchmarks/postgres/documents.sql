-- The collection's lines, as tables.

-- The named texts of each element of a list, in its order, a line each; null without any.
create function texts(list jsonb, variadic names text[]) returns text language sql immutable as $$
  select string_agg(element ->> name, E'\n' order by position, array_position(names, name))
  from jsonb_array_elements(list) with ordinality as elements (element, position), unnest(names) as name
$$;

create table document as
select
  line ->> 'id' as id,
  case jsonb_typeof(line -> 'customer') when 'array' then line -> 'customer' else jsonb_build_array(line -> 'customer') end as customers,
  (line ->> 'startedAt')::timestamptz as started_at,
  setweight(to_tsvector('english', coalesce(line ->> 'subject', '')), 'A')
    || setweight(to_tsvector('english', coalesce(texts(line -> 'turns', 'text'), '')), 'B')
    || setweight(to_tsvector('english', coalesce(texts(line -> 'attachments', 'name', 'text'), '')), 'C')
    || setweight(to_tsvector('english', coalesce(texts(line -> 'turns', 'quotedText', 'signature'), '')), 'D') as document
from interaction_line;

alter table document add primary key (id);

create table topic as
select position, line ->> 'id' as id, line ->> 'customer' as customer, line ->> 'query' as query
from topic_line;
