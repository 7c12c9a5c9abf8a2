-- Recordings other than Ogg have a length and a waveform now: those that had none are looked at again.
UPDATE media SET is_previewed = 0
WHERE state = 'fetched' AND mime_type LIKE 'audio/%' AND content_hash NOT IN (SELECT content_hash FROM preview);
