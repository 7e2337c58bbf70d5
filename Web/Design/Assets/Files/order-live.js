import { load } from './fragment.js';

// <order-live src fragment>: fetches its fragment again with each event of the stream. Closed while hidden, because a browser opens six connections to a host.
class OrderLive extends HTMLElement {
  #events;
  #first = true;
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
  }

  #close() {
    this.#events?.close();
  }

  async #changed(status) {
    const shown = this.querySelector('[data-status]')?.dataset.status;
    if (status === shown && this.#first) return;
    this.#first = false;
    await load(this, this.getAttribute('fragment'));
    if (this.querySelector('[data-final]')) this.disconnectedCallback();
  }
}

customElements.define('order-live', OrderLive);
