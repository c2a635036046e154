/** Starts the page. */
import './monitoring.js';
import { startRouter } from './router.js';
import { showBookingForm } from './views/booking-form.js';
import { showBookings } from './views/bookings.js';
import { showHouse } from './views/house.js';
import { showInvoice } from './views/invoice.js';
import { showInvoices } from './views/invoices.js';
import { showMember } from './views/member.js';
import { showMembers } from './views/members.js';
import { showOccupancy } from './views/occupancy.js';
import { showRoom } from './views/room.js';
import { showRooms } from './views/rooms.js';
import { showSearch } from './views/search.js';
import { showUsage } from './views/usage.js';

startRouter(document.querySelector('main'), [
  ['/', showRooms],
  ['/rooms/:id', showRoom],
  ['/rooms/:id/book', showBookingForm],
  ['/bookings', showBookings],
  ['/members', showMembers],
  ['/members/:id', showMember],
  ['/invoices', showInvoices],
  ['/invoices/:number', showInvoice],
  ['/house', showHouse],
  ['/occupancy', showOccupancy],
  ['/usage', showUsage],
  ['/search', showSearch],
]);
