### Of the desktop: tray, notifications, windows.

unread-chats = { $count ->
    [0] Nothing is unread
    [one] { $count } unread chat
   *[other] { $count } unread chats
}
unread-chats-tip = Twinbox: { unread-chats }
tray-do-not-disturb = Do not disturb
tray-open = Open Twinbox
tray-quit = Quit Twinbox
still-running = Twinbox is still running
still-running-why = It is in the tray and goes on receiving. You can change this in the settings.
no-autostart = Twinbox cannot start with the system
still-autostart = Twinbox still starts with the system
no-autostart-why = The setting could not be written. The system's own settings say what starts with it.
notification-trial = This is how a new message is told.
notification-open = Open
notification-read = Mark read
notification-quit = Quit instead
new-message = New message
new-messages-in = { $count ->
    [one] New messages in { $count } chat
   *[other] New messages in { $count } chats
}
unknown-person = Unknown person
captioned = { $kind }: { $caption }
note-by = { $author }: { $note }
and-unread = { $count ->
    [one] { $count } unread message
   *[other] { $count } unread messages
}
signup-window = Connect a number
reminder-sync-ends = { $hours ->
    [one] Less than an hour is left to ask the phone for its chats. After that they stay on the phone.
   *[other] Less than { $hours } hours are left to ask the phone for its chats.
}
reminder-chats-here = All chats that the phone shared are here.
reminder-phone-quiet = { $days ->
    [0] Open WhatsApp Business on the phone now: WhatsApp may end the connection at any time.
    [one] Open WhatsApp Business on the phone today, or WhatsApp ends the connection.
   *[other] Open WhatsApp Business on the phone within { $days } days, or WhatsApp ends the connection.
}
reminder-token-ends = { $days ->
    [one] Meta ends Twinbox’s access within { $days } day, and it could not be renewed. Connect the number again.
   *[other] Meta ends Twinbox’s access within { $days } days, and it could not be renewed. Connect the number again.
}
reminder-lost = Messages do not go out any more. Twinbox shows why and what helps.
reminder-told = WhatsApp told something of this number that needs a look. Twinbox shows it on the page of the number.
reminder-locked = The keychain is locked: nothing is sent, and nothing arrives. Unlock it, and Twinbox goes on by itself.
