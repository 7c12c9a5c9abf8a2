last-event = آخر حدث منذ { $time }
offline-since = غير متصل منذ { $time }
offline-bar = غير متصل منذ { $time }. لا يزال بإمكانك القراءة.
past-chats = المحادثات السابقة: { $percent }%
not-understood-count = { $count } غير مفهومة
refused-signatures = { $count ->
    [one] توقيع مرفوض واحد
    [two] توقيعان مرفوضان
    [few] { $count } تواقيع مرفوضة
    [many] { $count } توقيعًا مرفوضًا
   *[other] { $count } توقيع مرفوض
}
queue-of = { $count ->
    [one] قائمة الانتظار: رسالة واحدة
    [two] قائمة الانتظار: رسالتان
    [few] قائمة الانتظار: { $count } رسائل
   *[other] قائمة الانتظار: { $count } رسالة
}
outcomes-unknown = { $count ->
    [one] رسالة واحدة ربما لم تُرسل
    [two] رسالتان ربما لم تُرسلا
    [few] { $count } رسائل ربما لم تُرسل
   *[other] { $count } رسالة ربما لم تُرسل
}
