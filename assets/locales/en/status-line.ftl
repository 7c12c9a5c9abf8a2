last-event = Last event { $time } ago
offline-since = Offline since { $time }
offline-bar = Offline since { $time }. You can still read.
past-chats = Past chats: { $percent }%
not-understood-count = { $count } not understood
refused-signatures = { $count ->
    [one] { $count } refused signature
   *[other] { $count } refused signatures
}
queue-of = { $count ->
    [one] Queue: { $count } message
   *[other] Queue: { $count } messages
}
outcomes-unknown = { $count ->
    [one] { $count } message may not have been sent
   *[other] { $count } messages may not have been sent
}
