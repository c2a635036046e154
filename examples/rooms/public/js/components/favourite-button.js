/** A button that marks a room as one that the member likes. */
import { readFavourites, saveFavourites } from '../lib/favourites.js';

export class FavouriteButton {
  constructor(button, roomId) {
    this.button = button;
    this.roomId = roomId;
    this.favourites = readFavourites();
    button.addEventListener('click', () => this.toggle());
    this.draw();
  }

  toggle() {
    if (this.favourites.has(this.roomId)) this.favourites.delete(this.roomId);
    else this.favourites.add(this.roomId);
    saveFavourites(this.favourites);
    this.draw();
  }

  draw() {
    this.button.textContent = this.favourites.has(this.roomId) ? 'No longer a favourite' : 'Make it a favourite';
  }
}
