more-views = More views
show-all = Show all
assign = Assign
nobody = Nobody
snooze = Snooze
in-four-hours = In four hours
in-the-morning = In the morning
in-a-week = In a week
waits-for-others = Pending: somebody else is to act
labels = Labels
edit-labels = Edit labels
new-label = New label
next-color = Next color
resolve = Resolve
reopen = Reopen
selected = Selected chats
select-all = All
select-none = Select none
private-note = Private note
delete-note = Delete this note
reply-mode = Reply
note-mode = Note
write-as = What is written
note-placeholder = Only the team sees this. @ calls a colleague.
save-note = Save note
suggestions = Suggestions
discard = Discard
write-anyway = Keep writing
fields = Fields
field-name = Name
field-value = Value
add-field = Add a field
saved-replies = Saved replies
saved-replies-hint = Type / and the shortcut in an empty reply. {"{"}name{"}"} becomes the customer's name.
labels-hint = Everybody in the team has the same ones.
shortcut = Shortcut
reply-text = Text
add = Add
with-count = { $view } ({ $count })
to-me = { $me } (you)
snooze-until = { $words }: { $time }
selected-count = { $count } selected
answered-from-phone = Answered from the phone { $ago }.
answered-by-colleague = A colleague answered { $ago }.
you-answered = You sent a message in this chat { $ago }.
answered-by = { $name } answered { $ago }.
nothing-unread = No other chat of this list is unread.
pick-time = Pick date and time…
snooze-until-label = Snooze until
chats-selected = { $count ->
    [one] { $count } chat selected
   *[other] { $count } chats selected
}
is-replying = { $name } is replying
two-are-replying = { $name } and { $other } are replying
are-replying = { $count ->
    [one] { $name } and { $count } other are replying
   *[other] { $name } and { $count } others are replying
}
note-is-written = A private note is written here. Save it first, or choose Reply.
resolved-now = { $count ->
    [one] Chat resolved
   *[other] { $count } chats resolved
}
reopened-now = { $count ->
    [one] Chat reopened
   *[other] { $count } chats reopened
}
pending-now = { $count ->
    [one] Chat waits for others
   *[other] { $count } chats wait for others
}
snoozed-now = { $count ->
    [one] Chat snoozed until { $time }
   *[other] { $count } chats snoozed until { $time }
}
assigned-now = { $count ->
    [one] Chat assigned to { $name }
   *[other] { $count } chats assigned to { $name }
}
unassigned-now = { $count ->
    [one] Chat assigned to nobody
   *[other] { $count } chats assigned to nobody
}
labeled-now = { $count ->
    [one] Label { $label } added
   *[other] Label { $label } added to { $count } chats
}
unlabeled-now = { $count ->
    [one] Label { $label } removed
   *[other] Label { $label } removed from { $count } chats
}
unread-now = { $count ->
    [one] Chat marked as unread
   *[other] { $count } chats marked as unread
}
about-chat = { $name }: { $words }
draft-discarded = Draft discarded
note-deleted = Note deleted
removed-now = { $name } removed
changed-now = { $name } has a new text
field-changed-now = { $name } has a new value
remove-everywhere = Delete from all chats
