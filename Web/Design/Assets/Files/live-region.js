import { load } from './fragment.js';

// <live-region src every>: its content is a fragment, fetched now and every so many seconds, not while nobody looks.
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
    load(this, this.getAttribute('src'));
    this.#timer = setInterval(() => load(this, this.getAttribute('src')), Number(this.getAttribute('every')) * 1000);
  }

  #stop() {
    clearInterval(this.#timer);
  }
}

customElements.define('live-region', LiveRegion);
