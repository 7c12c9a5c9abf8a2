more-views = طرق عرض أخرى
show-all = عرض الكل
assign = إسناد
nobody = لا أحد
snooze = تأجيل
in-four-hours = بعد أربع ساعات
in-the-morning = في الصباح
in-a-week = بعد أسبوع
waits-for-others = معلّقة: على طرف آخر أن يتصرف
labels = التصنيفات
edit-labels = تعديل التصنيفات
new-label = تصنيف جديد
next-color = اللون التالي
resolve = إنهاء
reopen = إعادة فتح
selected = المحادثات المحددة
select-all = الكل
select-none = إلغاء التحديد
private-note = ملاحظة خاصة
delete-note = حذف هذه الملاحظة
reply-mode = رد
note-mode = ملاحظة
write-as = ما يُكتب
note-placeholder = لا يراها إلا الفريق. استخدم @ لاستدعاء زميل.
save-note = حفظ الملاحظة
suggestions = اقتراحات
discard = تجاهل
write-anyway = متابعة الكتابة
fields = الحقول
field-name = الاسم
field-value = القيمة
add-field = إضافة حقل
saved-replies = الردود المحفوظة
saved-replies-hint = اكتب / ثم الاختصار في رد فارغ. يتحوّل {"{"}name{"}"} إلى اسم العميل.
labels-hint = هي نفسها لكل أعضاء الفريق.
shortcut = الاختصار
reply-text = النص
add = إضافة
with-count = { $view } ({ $count })
to-me = { $me } (أنت)
snooze-until = { $words }: { $time }
selected-count = { $count ->
    [zero] لا شيء محدد
    [one] محادثة واحدة محددة
    [two] محادثتان محددتان
    [few] { $count } محادثات محددة
   *[other] { $count } محادثة محددة
}
answered-from-phone = تم الرد من الهاتف { $ago }.
answered-by-colleague = ردّ زميل { $ago }.
you-answered = أرسلت رسالة في هذه المحادثة { $ago }.
answered-by = ردّ { $name } { $ago }.
nothing-unread = لا توجد محادثة أخرى غير مقروءة في هذه القائمة.
pick-time = اختيار التاريخ والوقت…
snooze-until-label = التأجيل حتى
chats-selected = { $count ->
    [one] محادثة واحدة محددة
    [two] محادثتان محددتان
    [few] { $count } محادثات محددة
   *[other] { $count } محادثة محددة
}
is-replying = { $name } يكتب ردًا
two-are-replying = { $name } و{ $other } يكتبان ردًا
are-replying = { $count ->
    [one] { $name } وشخص آخر يكتبان ردًا
    [two] { $name } وشخصان آخران يكتبون ردًا
    [few] { $name } و{ $count } آخرون يكتبون ردًا
   *[other] { $name } و{ $count } آخرين يكتبون ردًا
}
note-is-written = توجد هنا ملاحظة خاصة قيد الكتابة. احفظها أولًا، أو اختر «رد».
resolved-now = { $count ->
    [zero] لم تُنهَ أي محادثة
    [one] أُنهيت المحادثة
    [two] أُنهيت محادثتان
    [few] أُنهيت { $count } محادثات
   *[other] أُنهيت { $count } محادثة
}
reopened-now = { $count ->
    [zero] لم يُعَد فتح أي محادثة
    [one] أُعيد فتح المحادثة
    [two] أُعيد فتح محادثتين
    [few] أُعيد فتح { $count } محادثات
   *[other] أُعيد فتح { $count } محادثة
}
pending-now = { $count ->
    [zero] لا محادثات تنتظر آخرين
    [one] المحادثة تنتظر آخرين
    [two] محادثتان تنتظران آخرين
    [few] { $count } محادثات تنتظر آخرين
   *[other] { $count } محادثة تنتظر آخرين
}
snoozed-now = { $count ->
    [zero] لم تُؤجَّل أي محادثة حتى { $time }
    [one] أُجِّلت المحادثة حتى { $time }
    [two] أُجِّلت محادثتان حتى { $time }
    [few] أُجِّلت { $count } محادثات حتى { $time }
   *[other] أُجِّلت { $count } محادثة حتى { $time }
}
assigned-now = { $count ->
    [zero] لم تُسنَد أي محادثة إلى { $name }
    [one] أُسندت المحادثة إلى { $name }
    [two] أُسندت محادثتان إلى { $name }
    [few] أُسندت { $count } محادثات إلى { $name }
   *[other] أُسندت { $count } محادثة إلى { $name }
}
unassigned-now = { $count ->
    [zero] لم يُلغَ إسناد أي محادثة
    [one] أُلغي إسناد المحادثة
    [two] أُلغي إسناد محادثتين
    [few] أُلغي إسناد { $count } محادثات
   *[other] أُلغي إسناد { $count } محادثة
}
labeled-now = { $count ->
    [zero] لم يُضَف التصنيف { $label } إلى أي محادثة
    [one] أُضيف التصنيف { $label }
    [two] أُضيف التصنيف { $label } إلى محادثتين
    [few] أُضيف التصنيف { $label } إلى { $count } محادثات
   *[other] أُضيف التصنيف { $label } إلى { $count } محادثة
}
unlabeled-now = { $count ->
    [zero] لم يُزَل التصنيف { $label } من أي محادثة
    [one] أُزيل التصنيف { $label }
    [two] أُزيل التصنيف { $label } من محادثتين
    [few] أُزيل التصنيف { $label } من { $count } محادثات
   *[other] أُزيل التصنيف { $label } من { $count } محادثة
}
unread-now = { $count ->
    [zero] لم تُعلَّم أي محادثة كغير مقروءة
    [one] عُلِّمت المحادثة كغير مقروءة
    [two] عُلِّمت محادثتان كغير مقروءتين
    [few] عُلِّمت { $count } محادثات كغير مقروءة
   *[other] عُلِّمت { $count } محادثة كغير مقروءة
}
about-chat = { $name }: { $words }
draft-discarded = أُلغيت المسودة
note-deleted = حُذفت الملاحظة
removed-now = أُزيل { $name }
changed-now = تغيّر نص { $name }
field-changed-now = تغيّرت قيمة { $name }
remove-everywhere = حذف من كل المحادثات
