search = Search chats and people
search-results = Search results
found-chats = Chats and people
found-messages = Messages
search-in-chat = Search in this chat
older-hit = Older match
newer-hit = Newer match
close-find = Close search
no-hits = Nothing found
filters = Filters
filter-from = From
filter-date = Date
has-file = Has file
searched-some = Dropping a filter searches more.
searched-all = Searched all numbers and all dates.
still-indexing = Older messages are still being prepared for searching.
typed-date-before = Before a day …
typed-date-other = After a day …
no-message-like-this = No message is like this
nothing-to-look-for = Nothing to look for yet
no-such-message-says = No such message says “{ $words }”
nothing-says = Nothing says “{ $words }”
no-person = Nobody is called “{ $words }”
from-customer = Customer
from-the-phone = Phone
from-team = Team
from-bot = Bot
from-campaign = Campaign
from-past = History
filter-is-from = From: { $who }
filter-is-number = Number: { $number }
filter-is-after = After { $day }
filter-is-before = Before { $day }
drop-filter = Drop the filter { $filter }
last-year = Last year
last-days = { $days ->
    [one] Last day
   *[other] Last { $days } days
}
hit-of = { $at } of { $of }
hit-of-more = { $at } of { $of }+
count-chats = { $count ->
    [one] { $count } chat
   *[other] { $count } chats
}
count-messages = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
count-messages-or-more = { $count ->
    [one] { $count } or more messages
   *[other] { $count } or more messages
}
go-to-date = Go to a date
filter-agent = Assigned to
filter-is-label = Label: { $label }
filter-is-agent = Assigned to: { $name }
