import { load } from './fragment.js';

// <order-live src fragment>: fetches its fragment again with each event of the stream, and every 5 s for what has no event, such as the payment, until the order has ended.
// Not while hidden, because a browser opens six connections to a host.
class OrderLive extends HTMLElement {
  #events;
  #timer;
  #first = true;
  #isLoading = false;
  #hasChanged = false;
  #see = () => (document.hidden ? this.#close() : this.#open());

  connectedCallback() {
    if (this.dataset.final) return;
    document.addEventListener('visibilitychange', this.#see);
    this.#see();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#see);
    this.#close();
  }

  #open() {
    this.#close();
    this.#events = new EventSource(this.getAttribute('src'));
    this.#events.addEventListener('status', event => this.#changed(JSON.parse(event.data).status));
    this.#timer = setInterval(() => this.#load(true), 5000);
  }

  #close() {
    this.#events?.close();
    clearInterval(this.#timer);
  }

  #changed(status) {
    const shown = this.querySelector('[data-status]')?.dataset.status;
    if (status === shown && this.#first) return;
    this.#first = false;
    this.#load(false);
  }

  // One at a time: what changes meanwhile may not be in the answer, and is fetched afterwards.
  async #load(isPolled) {
    if (this.#isLoading) {
      this.#hasChanged ||= !isPolled;
      return;
    }
    this.#isLoading = true;
    do {
      this.#hasChanged = false;
      await load(this, this.getAttribute('fragment'), isPolled);
      isPolled = false;
    } while (this.#hasChanged);
    this.#isLoading = false;
    if (this.querySelector('[data-final]')) this.disconnectedCallback();
  }
}

customElements.define('order-live', OrderLive);
