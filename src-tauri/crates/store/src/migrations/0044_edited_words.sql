-- Of edited messages some words were left out of the index, such as the names of files: they are put in once more.
UPDATE search_backlog SET up_to = max(up_to, coalesce(
    (SELECT max(m.id) FROM edit e JOIN message m ON m.number_id = e.number_id AND m.wamid = e.wamid), 0))
WHERE kind = 'message';
