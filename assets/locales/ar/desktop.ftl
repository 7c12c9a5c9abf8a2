unread-chats = { $count ->
    [0] لا شيء غير مقروء
    [one] محادثة واحدة غير مقروءة
    [two] محادثتان غير مقروءتين
    [few] { $count } محادثات غير مقروءة
   *[other] { $count } محادثة غير مقروءة
}
unread-chats-tip = Twinbox: { unread-chats }
tray-do-not-disturb = عدم الإزعاج
tray-open = فتح Twinbox
tray-quit = إنهاء Twinbox
still-running = لا يزال Twinbox يعمل
still-running-why = هو في علبة النظام ويواصل الاستلام. يمكنك تغيير ذلك في الإعدادات.
no-autostart = يتعذر على Twinbox البدء مع النظام
still-autostart = لا يزال Twinbox يبدأ مع النظام
no-autostart-why = تعذر حفظ هذا الإعداد. تبيّن إعدادات النظام ما يبدأ معه.
notification-trial = هكذا يصلك إشعار برسالة جديدة.
notification-open = فتح
notification-read = تمييز كمقروءة
notification-quit = إنهاء بدلاً من ذلك
new-message = رسالة جديدة
new-messages-in = { $count ->
    [one] رسائل جديدة في محادثة واحدة
    [two] رسائل جديدة في محادثتين
    [few] رسائل جديدة في { $count } محادثات
   *[other] رسائل جديدة في { $count } محادثة
}
unknown-person = شخص مجهول
captioned = { $kind }: { $caption }
note-by = { $author }: { $note }
and-unread = { $count ->
    [one] رسالة واحدة غير مقروءة
    [two] رسالتان غير مقروءتين
    [few] { $count } رسائل غير مقروءة
   *[other] { $count } رسالة غير مقروءة
}
signup-window = ربط رقم
reminder-sync-ends = { $hours ->
    [one] بقي أقل من ساعة لطلب المحادثات من الهاتف. بعدها تبقى على الهاتف.
    [two] بقي أقل من ساعتين لطلب المحادثات من الهاتف.
    [few] بقي أقل من { $hours } ساعات لطلب المحادثات من الهاتف.
   *[other] بقي أقل من { $hours } ساعة لطلب المحادثات من الهاتف.
}
reminder-chats-here = كل المحادثات التي شاركها الهاتف هنا.
reminder-phone-quiet = { $days ->
    [0] افتح WhatsApp Business على الهاتف الآن: قد ينهي واتساب الربط في أي وقت.
    [one] افتح WhatsApp Business على الهاتف اليوم، وإلا أنهى واتساب الربط.
    [two] افتح WhatsApp Business على الهاتف خلال يومين، وإلا أنهى واتساب الربط.
    [few] افتح WhatsApp Business على الهاتف خلال { $days } أيام، وإلا أنهى واتساب الربط.
    [many] افتح WhatsApp Business على الهاتف خلال { $days } يومًا، وإلا أنهى واتساب الربط.
   *[other] افتح WhatsApp Business على الهاتف خلال { $days } يوم، وإلا أنهى واتساب الربط.
}
reminder-token-ends = { $days ->
    [one] تنهي Meta وصول Twinbox خلال يوم واحد، وتعذّر تجديده. أعد ربط الرقم.
    [two] تنهي Meta وصول Twinbox خلال يومين، وتعذّر تجديده. أعد ربط الرقم.
    [few] تنهي Meta وصول Twinbox خلال { $days } أيام، وتعذّر تجديده. أعد ربط الرقم.
    [many] تنهي Meta وصول Twinbox خلال { $days } يومًا، وتعذّر تجديده. أعد ربط الرقم.
   *[other] تنهي Meta وصول Twinbox خلال { $days } يوم، وتعذّر تجديده. أعد ربط الرقم.
}
reminder-lost = لم تعد الرسائل تُرسل. يعرض Twinbox السبب وما يفيد.
reminder-told = أبلغ واتساب عن أمر يخص هذا الرقم ويحتاج إلى الانتباه. يعرضه Twinbox في صفحة الرقم.
reminder-locked = سلسلة المفاتيح مقفلة: لا يُرسَل شيء ولا يصل. افتح قفلها، وسيواصل Twinbox العمل من تلقاء نفسه.
