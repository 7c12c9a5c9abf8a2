main = Main
inbox = Inbox
conversations = Conversations
views = Views
status = Status
details = Details
messages = Messages
message = Message
thread = Conversation
send = Send
cancel = Cancel
retry = Retry
try-again = Try again
dismiss = Dismiss
reply = Reply
dark-theme = Switch to dark
light-theme = Switch to light
show-details = Show details
hide-details = Hide details
reply-to-message = Reply to this message
go-to-quoted = Go to the quoted message
drop-quote = Do not quote
you = You
from-phone = From the phone
from-history = Sent before Twinbox
automation = Automation
campaign = Campaign
colleague = A colleague
quoted-unknown = A message that is not here
no-one-open = No chat open
no-one-open-hint = Choose one from the list.
no-messages = No messages yet
no-messages-hint = A template can start it.
too-long = This is too long for one message
show-number = Show number
loading = Loading
load-failed = This could not be loaded.
draft = Draft:
note-draft = Draft note:
queued = Queued
queued-next = Queued, sends as soon as it may.
sending = Sending
not-sure = Not sure
not-sure-question = Not sure it went out.
was-sent = It was sent
send-again = Send again
failed = Not delivered
back-to-composer = Edit
jump-to-newest = Newest messages
window-over = Reply time is over
window-never = No message from the customer yet
window-explained = Free-form replies are allowed for 24 hours after the customer last wrote.
never-wrote = This person has not written to this number yet
phone-still-writes = From the phone you can still write freely. When they write back, you can reply here.
waits-meanwhile = What you send waits here until then.
marketing = Marketing
no-marketing = Does not want marketing messages
identities = Identities
phone-number = Phone number
username = Username
whatsapp-id = WhatsApp ID
no-identities = WhatsApp shares no number or name for this person.
about = Chat
number = Number
first-message = First message
last-wrote = Last wrote
never = Never
who-answered = Who answered
last-30-days = last 30 days
nobody-answered = Nobody in the last 30 days.
agents = Agents
phone = Phone
bots = Bots
connected = Connected
connecting = Connecting
no-event-yet = No event yet
today = Today
yesterday = Yesterday
nothing-waiting = Nothing is waiting
needs-reply = Needs a reply
not-running = Twinbox is not running
cannot-show = Twinbox cannot be shown
start-again = Change what is in the way, then start Twinbox again.
reload-or-update = Reload this window. If that does not help, install the newest Twinbox here and on the server.
reload = Reload this window
frozen = This window cannot read what is new.
sign-in = Sign in
sign-in-hint = This Twinbox asks for an access token. Whoever runs it can give you one.
access-token = Access token
token-refused = This token is not accepted.
filter-all = All
filter-needs-reply = Needs reply
filter-unread = Unread
filter-mine = Mine
filter-unassigned = Unassigned
filter-pending = Pending
filter-snoozed = Snoozed
filter-resolved = Resolved
filter-label = Label
empty-list-all = No chats yet
empty-list-all-hint = They appear here when a customer writes.
empty-list-needs-reply = Nothing needs a reply
empty-list-needs-reply-hint = Every chat has an answer.
empty-list-unread = Nothing is unread
empty-list-unread-hint = You have seen every message.
empty-list-mine = Nothing is yours to do
empty-list-mine-hint = Chats you are given appear here.
empty-list-unassigned = Every chat is somebody's
empty-list-unassigned-hint = New ones appear here until somebody takes them.
empty-list-pending = Nothing is pending
empty-list-pending-hint = Chats that wait for somebody else appear here.
empty-list-snoozed = Nothing is snoozed
empty-list-snoozed-hint = Chats that were put off wait here.
empty-list-resolved = Nothing is resolved
empty-list-resolved-hint = Resolved chats are kept here.
empty-list-label = No chat has this label
empty-list-label-hint = Chats that get it appear here.
empty-list-label-keys = Press { $keys } in a chat to label it.
unassigned-count = { $count ->
    [one] 1 chat is unassigned.
   *[other] { $count } chats are unassigned.
}
status-sent = Sent
status-delivered = Delivered
status-read = Read
status-played = Played
row-needs-reply = { $name }, { needs-reply }
row-unread = { $name }, { $count } unread
inbox-needs-reply = { $count ->
    [0] Inbox
    [one] Inbox, { $count } needs a reply
   *[other] Inbox, { $count } need a reply
}
list-of = Conversations, { $view }
unread = { $count } unread
write-to = Write to { $name }
new-messages = { $count ->
    [one] { $count } new message
   *[other] { $count } new messages
}
says = { $name }: { $words }
message-label = { $author }, { $time }: { $words }
seconds-left = { $seconds }s left
minutes-left = { $minutes }m left
minutes-and-seconds-left = { $minutes }m { $seconds }s left
hours-left = { $hours }h left
hours-and-minutes-left = { $hours }h { $minutes }m left
time-left-to-reply = { $left } to reply freely
duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
last-wrote-ago = { $name } last wrote { $time } ago
characters-left = { $count ->
    [one] { $count } character left
   *[other] { $count } characters left
}
characters-too-many = { $count ->
    [one] { $count } character too many
   *[other] { $count } characters too many
}
queued-until = Queued. WhatsApp asks to wait, next try about { $time }.
failed-because = { failed }. { $reason }
not-handed-over = Not handed over. { $reason }
shares = Agents { $agents } percent, Phone { $phone } percent, Bots { $bots } percent
comma = {", "}
filter-mentions = Mentions of you
filter-number = Number
empty-list-mentions = Nobody calls you
empty-list-mentions-hint = Chats with a note that has @ and your name appear here.
empty-list-number = No chats with this number
nothing-was-unread = Nothing was unread here.
unread-from-here = New messages
unread-above = { $count } unread
