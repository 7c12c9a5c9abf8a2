queue = Queue
queue-sub = Agents go first, then automations, then campaigns.
pause-everything = Pause everything
resume-everything = Resume everything
pause-sending = Pause sending
resume-sending = Resume sending
speed-of-numbers = Speed of each number
queued-messages = Waiting messages
last-minute = Last 60 s
last-minute-label = Messages per second over the last minute
needs-decision = Needs your decision
decision-why = The connection dropped while this was going out, and WhatsApp has not confirmed it. Look at the chat on the phone, then choose; or wait, it may still be confirmed.
not-delivered = Not delivered
last-7-days = last 7 days
show-messages = Show or hide the messages
change-time = Change time
all-numbers = All numbers
show-only = Show only what waits at
pause-lane = Pause these
resume-lane = Resume these
paused = Paused
retry-all = Retry all
send-them = Send them
retry-group = { $count ->
    [one] Send this message again?
   *[other] Send { $count } messages again?
}
to-be-sent-later = To be sent later
queue-empty-hint = What you send leaves at once.
cancel-them = Cancel them
keep-them = Keep them
cancel-all = Cancel all
show-more = Show more
sending-now = Sending now
cannot-tell = Cannot tell yet
undo = Undo
send-now = Send now
send-later = Send later
send-later-menu = Send later…
send-at = Date and time
schedule = Schedule
in-an-hour = In an hour
tomorrow-morning = Tomorrow, 9:00
wrong-time = Choose a date and a time in the future, for example 2026-11-30T09:00.
undo-time = Time to undo
undo-hint = Replies wait so long before they leave, and can be taken back.
lane-agent = Agent replies
lane-agent-hint = Never wait behind a campaign
lane-automation = Automations
lane-campaign = Campaigns
lane-campaign-hint = Use what is left over
wait-explained-on-the-wire = It is on its way to WhatsApp.
wait-explained-turn = Others are before it.
wait-explained-earlier = Messages to one person leave one after the other.
wait-explained-same-person = WhatsApp allows about one message every 6 seconds to the same person.
wait-explained-doubt = Nobody knows yet whether the message before it went out.
wait-explained-upload = Its file is on its way to WhatsApp.
wait-explained-retry = WhatsApp asked for patience, or could not be reached. It is tried again by itself.
wait-explained-paused = Somebody paused this number, or this lane.
wait-explained-number-cannot = This number cannot send now. Its page says why.
wait-explained-unknown = Nobody knows whether it went out.
gauge-slow = Slowed down
gauge-waiting = Waiting
gauge-quiet = Quiet
of-cap = of { $cap } this second
gauge = { $busy } of { $cap } this second
gauge-patience = WhatsApp asks for patience, goes on in { $time }.
gauge-slower = WhatsApp asked for a slower pace: { $pace } a second now.
gauge-nothing = Nothing is waiting.
gauge-done-in = { $count } waiting, done in { $time }.
gauge-waits = { $count } waiting.
paused-by = Paused by { $who } since { $since }.
sent-in-a-day = { $count } sent in 24 h
queue-waiting = { $count } waiting
queue-decisions = { $count ->
    [one] { $count } needs a decision
   *[other] { $count } need a decision
}
queue-paused = sending is paused
minutes-short = { $minutes } min
hours-and-minutes-short = { $hours } h { $minutes } min
wait-number-cannot = Number cannot send
wait-upload = Uploading file
wait-earlier = after the one before
wait-same-person = same person
wait-doubt = one is in doubt
wait-slowed-down = slowed down
queued-paused = Queued, sending is paused.
queued-number-cannot = Queued until the number can send again.
queued-upload = Queued, its file is being uploaded.
queued-in-line = Queued, { $place } in line, about { $time }.
queued-in-line-because = Queued, { $place } in line, about { $time }, { $why }.
ordinal = { NUMBER($place, type: "ordinal") ->
    [one] { $place }st
    [two] { $place }nd
    [few] { $place }rd
   *[other] { $place }th
}
cancel-to = Cancel the message to { $name }
retry-to = Send the message to { $name } again
cancel-lane = { $count ->
    [one] Cancel the message that waits here?
   *[other] Cancel the { $count } messages that wait here?
}
scheduled-for = Will be sent { $when }.
leaves-in = Leaves in { $seconds } s.
undo-off = Off
write-anew = Write to them anew.
nothing-helps = Nothing helps.
pause-message = Pause
resume-message = Resume
wait-paused-by = Paused by { $who }
wait-behind-paused = After a paused one
wait-explained-held = Somebody paused this message.
wait-explained-behind-held = The message before it to the same person is paused, and the order is kept.
queued-held = Paused.
queued-behind-held = Queued behind a paused message.
pause-to = Pause the message to { $name }
resume-to = Resume the message to { $name }
show-all-of = Show all { $count }
gauge-cannot-send = Cannot send
gauge-why = Its page says why.
gauge-waits-and-why = { $count } waiting until it can send again; its page says why.
