/** A clock that calls `step` some times a second until it returns false. */
export function makePlayer() {
  let timer, speed, step;
  /** Told about every start and stop. @type {((playing: boolean) => void)[]} */
  const listeners = [];
  const playing = () => timer > 0;
  const tell = () => listeners.forEach((hear) => hear(playing()));

  function wait() {
    timer = setTimeout(() => (wait(), step() || stop()), 1000 / speed);
  }

  function stop() {
    timer = clearTimeout(timer);
    tell();
  }

  function start(next) {
    step = next;
    wait();
    tell();
  }

  return {
    start,
    stop,
    playing,
    setSpeed: (value) => (speed = value),
    listen: (hear) => listeners.push(hear),
  };
}
