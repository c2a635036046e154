/** A booking as a file for calendars (RFC 5545). */

/** `20260512T090000Z` */
function stampOf(date, time) {
  return new Date(`${date}T${time}:00Z`).toISOString().replace(/[-:]|\.000/g, '');
}

export function calendarFile(booking) {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Harbour Rooms//EN',
    'BEGIN:VEVENT',
    `UID:booking-${booking.id}@harbour.example`,
    `DTSTAMP:${stampOf(booking.createdOn, '00:00')}`,
    `DTSTART:${stampOf(booking.date, booking.from)}`,
    `DTEND:${stampOf(booking.date, booking.to)}`,
    `SUMMARY:${booking.title}`,
    `LOCATION:${booking.room.name}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
