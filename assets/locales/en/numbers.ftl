your-numbers = Numbers
numbers-sub = on the phone and in Twinbox at the same time
connect-one = Connect a number
connect-again = Connect again
connect-first = Connect your first number
connect-first-hint = It stays on the phone, and your team answers here.
connected-numbers = Connected numbers
health = Health, from what really arrived
last-day = Last 24 hours, darker is busier
health-not-told = This could not be loaded. What stands here is what was last known.
last-message-in = Last message in
last-by-phone = Last reply by phone
last-status = Last delivery status
delay = Delay of events
never-yet = None yet
no-delay = Cannot tell yet
refused = Refused events
refused-explained = Not signed by Meta
access = Access at Meta
access-works = Works
access-ended = Ended. Connect again.
access-ends-soon = Meta ends Twinbox’s access soon, and it could not be renewed.
events-sent = Kinds of events
all-events-sent = All that are needed
events-elsewhere = Those about the account and its templates go to another address. Enter the callback URL of Twinbox’s settings at Meta.
check-now = Check now
checking = Asking Meta
not-connected = Not connected
not-connected-why = Twinbox cannot send from this number. What arrives from it is still shown. Connect it to answer here.
phone-unknown = Cannot tell yet when the phone was used
phone-unknown-why = Nothing has come from the phone so far. Counting begins as soon as it sends something.
phone-in-use = The phone is in use
keep-alive-why = After 13 days without the phone, WhatsApp ends the link and you have to connect again. This clears by itself as soon as the phone sends something.
keep-alive-how = An estimate: WhatsApp does not tell when its app is opened.
keep-alive-over = 13 days without the phone are over, so WhatsApp may end the link at any time. If it has, connect the number again.
what-works-where = What works where
on-the-phone = On the phone
in-twinbox = In Twinbox
does-not-apply = Does not apply
how-to-disconnect = How to disconnect
on-phone-only = On the phone only
name-and-speed = Name and speed
number-name = Name in Twinbox
speed = Messages per second
speed-hint = At most. Meta’s older pages allow such a number 5, newer ones 20 in and out together. If unsure, leave it at 5.
counts-received = What customers write counts, too
counts-received-hint = For numbers whose limit Meta counts in and out together. A fifth of it is always left for what you send.
tells-read = Customers see what was read and that you type
tells-read-hint = Blue ticks when a colleague opens a chat here. Managers who review never leave any.
resume = Send again
save = Save
saving = Saving
saved = Saved
chats-stay = Chats stay on the phone. *Twinbox keeps its copy* for reading.
disconnect-iphone = Open *WhatsApp Business*, tap *Settings* at the bottom (*You* in newer versions).
disconnect-android = Open *WhatsApp Business*, tap the *three dots* at the top right, then *Settings*.
disconnect-account = Tap *Account*, then *Business Platform*.
disconnect-platform = Tap *the platform* it is connected to, then *Disconnect account*.
numbers-needing-attention = { $count ->
    [one] Numbers, { $count } needs attention
   *[other] Numbers, { $count } need attention
}
seconds-ago = { $count } s ago
minutes-ago = { $count } min ago
hours-ago = { $count } h ago
days-ago = { $count } days ago
number-working = Working, event { $ago }
number-silent = Last event { $ago }
number-new = Nothing has arrived yet
number-phone-quiet = Phone quiet for { $days } days
number-suspended = Paused, phone re-registered
number-disconnected = Disconnected
number-disabled = Disabled by WhatsApp
number-no-access = Access refused by Meta
number-blocked = Paused, refused by WhatsApp
open-the-phone = { $days ->
    [0] Open the phone app now
    [one] Open the phone app today
   *[other] Open the phone app within { $days } days
}
number-locked = { $name }: the keychain is locked, nothing comes or goes
number-warning = { $days ->
    [0] { $name }: open the phone app now
    [one] { $name }: open the phone app today
   *[other] { $name }: open the phone app within { $days } days
}
quiet-days = { $days ->
    [0] Quiet for less than a day
   *[other] { $days } of { $of } quiet days
}
until-day = until { $day }
arrived-in-a-day = { $count ->
    [0] none in the last 24 hours
   *[other] { $count } in the last 24 hours
}
seconds-short = { $seconds } s
delays = { $median }, at worst { $worst }
delays-in-full = Half of all events came within { $median }, 19 of 20 within { $most }, and the slowest took { $worst }.
number-and-cap = { $cap ->
    [one] { $number }, { $cap } message per second
   *[other] { $number }, { $cap } messages per second
}
number-cap-and-people = { $people ->
    [one] { $about }, writes first to { $people } person a day
   *[other] { $about }, writes first to { $people } people a day
}
cap-range = A number from 1 to { $highest }
events-missing = Missing: { $fields }
access-only-until = Only until { $day }. Connect again.
access-until = Works, until { $day }
notices = What WhatsApp says
notice-flagged = WhatsApp rates the quality of this number's messages as low.
notice-unflagged = WhatsApp rates the quality of this number's messages as good again.
notice-faster = This number may send faster.
notice-people = { $people ->
    [one] This number may write first to one person a day.
   *[other] This number may write first to { $people } people a day.
}
notice-people-other = WhatsApp changed to how many people this number may write first.
notice-removed = The number was disconnected.
notice-offboarded = The phone was registered again.
notice-reconnected = WhatsApp reconnected the number.
notice-added = The number was connected.
notice-deleted = The WhatsApp account was deleted.
notice-disabled = WhatsApp disabled the account.
notice-reinstated = WhatsApp gave the account back.
notice-will-be-disabled = WhatsApp will disable the account.
notice-will-be-disabled-on = WhatsApp will disable the account: { $day }.
notice-name = WhatsApp looked at the display name.
notice-name-approved = WhatsApp approved the display name.
notice-this-name-approved = WhatsApp approved the display name { $name }.
notice-name-declined = WhatsApp declined the display name.
notice-this-name-declined = WhatsApp declined the display name { $name }.
notice-restricted = WhatsApp restricts the account: { $what }.
notice-restricted-until = WhatsApp restricts the account until { $day }: { $what }.
restricted-first = no messages to people who have not written
restricted-answers = no answers to people who write
restricted-utility = no utility templates
restricted-numbers = no further numbers
restricted-calls = no calls
restricted-other = some things are not allowed
notice-violation = The account broke a rule of WhatsApp's. Its owner sees which in Meta Business Support.
notice-and-remedy = { $notice } What WhatsApp says helps: { $remedy }
notice-review = WhatsApp reviews the account.
notice-review-approved = WhatsApp reviewed the account and approved it.
notice-review-rejected = WhatsApp reviewed the account and rejected it.
notice-alert = Something in WhatsApp Manager is to be looked at.
notice-alert-says = To be looked at in WhatsApp Manager: { $what }
notice-app = An app was given the account.
notice-app-gone = An app lost the account.
notice-error = WhatsApp reported a fault (code { $code }).
notice-pin-asked = Somebody asked to reset the PIN of this number. If it was none of you, change it in WhatsApp Manager.
notice-pin-changed = The PIN of this number was changed.
notice-other = WhatsApp told something of the account that Twinbox does not know yet.
