import { load } from './fragment.js';

// <live-region src every>: its content is a fragment, fetched now and every so many seconds, not while the page is hidden.
// If that fails, it says so in the words of its attribute stale.
class LiveRegion extends HTMLElement {
  #timer;
  #see = () => (document.hidden ? this.#stop() : this.#start());

  connectedCallback() {
    document.addEventListener('visibilitychange', this.#see);
    this.#see();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#see);
    this.#stop();
  }

  #start() {
    this.#stop();
    this.#load();
    this.#timer = setInterval(() => this.#load(), Number(this.getAttribute('every')) * 1000);
  }

  async #load() {
    const isLoaded = await load(this, this.getAttribute('src'), true);
    const notice = this.querySelector(':scope > .stale');
    if (isLoaded) notice?.remove();
    else if (!notice && this.getAttribute('stale')) {
      const text = Object.assign(document.createElement('p'), { className: 'notice error stale', textContent: this.getAttribute('stale') });
      text.setAttribute('role', 'status');
      this.prepend(text);
    }
  }

  #stop() {
    clearInterval(this.#timer);
  }
}

customElements.define('live-region', LiveRegion);
