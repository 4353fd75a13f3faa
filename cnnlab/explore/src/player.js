/** A clock that calls `step` some times a second until it returns false. */
export function makePlayer() {
  let [timer, speed, step] = [0];
  /** Told about every start and stop. @type {((playing: boolean) => void)[]} */
  const listeners = [];
  const tell = () => listeners.forEach((hear) => hear(timer !== 0));

  function wait() {
    timer = setTimeout(() => (wait(), step() || stop()), 1000 / speed);
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
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
    playing: () => timer !== 0,
    setSpeed: (value) => (speed = value),
    listen: (hear) => listeners.push(hear),
  };
}
