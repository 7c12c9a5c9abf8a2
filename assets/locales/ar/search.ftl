search = البحث في المحادثات والأشخاص
search-results = نتائج البحث
found-chats = المحادثات والأشخاص
found-messages = الرسائل
search-in-chat = البحث في هذه المحادثة
older-hit = النتيجة الأقدم
newer-hit = النتيجة الأحدث
close-find = إغلاق البحث
no-hits = لا نتائج
filters = عوامل التصفية
filter-from = من
filter-date = التاريخ
has-file = فيها ملف
searched-some = إزالة عامل تصفية توسّع البحث.
searched-all = تم البحث في كل الأرقام وكل التواريخ.
still-indexing = لا يزال تجهيز الرسائل الأقدم للبحث جاريًا.
typed-date-before = قبل يوم …
typed-date-other = بعد يوم …
no-message-like-this = لا توجد رسالة كهذه
nothing-to-look-for = لا يوجد ما يُبحث عنه بعد
no-such-message-says = لا توجد رسالة كهذه فيها ”{ $words }“
nothing-says = لا شيء فيه ”{ $words }“
no-person = لا أحد باسم ”{ $words }“
from-customer = العميل
from-the-phone = الهاتف
from-team = الفريق
from-bot = الروبوت
from-campaign = الحملة
from-past = السجل
filter-is-from = من: { $who }
filter-is-number = الرقم: { $number }
filter-is-after = بعد { $day }
filter-is-before = قبل { $day }
drop-filter = إزالة عامل التصفية { $filter }
last-year = السنة الأخيرة
last-days = { $days ->
    [one] اليوم الأخير
    [two] آخر يومين
    [few] آخر { $days } أيام
    [many] آخر { $days } يومًا
   *[other] آخر { $days } يوم
}
hit-of = { $at } من { $of }
hit-of-more = { $at } من { $of }+
count-chats = { $count ->
    [zero] لا محادثات
    [one] محادثة واحدة
    [two] محادثتان
    [few] { $count } محادثات
   *[other] { $count } محادثة
}
count-messages = { $count ->
    [zero] لا رسائل
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
   *[other] { $count } رسالة
}
count-messages-or-more = { $count ->
    [few] { $count } رسائل أو أكثر
   *[other] { $count } رسالة أو أكثر
}
go-to-date = الانتقال إلى تاريخ
filter-agent = مُسندة إلى
filter-is-label = التصنيف: { $label }
filter-is-agent = مُسندة إلى: { $name }
