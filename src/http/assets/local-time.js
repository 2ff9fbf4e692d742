// Rewrites times in the visitor's own zone and language. Without scripts they stay as the server wrote them: in UTC.
for (const element of document.querySelectorAll('time[datetime]')) {
  const date = new Date(element.dateTime);
  if (Number.isNaN(date.getTime())) continue;
  element.title = element.textContent;
  element.textContent = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' }).format(
    date,
  );
}
