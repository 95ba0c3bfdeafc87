/** Keeps the place of what is being read. */
export function Waiting() {
  return (
    <div aria-busy="true">
      <p className="unseen" role="status">
        One moment …
      </p>
      {[1, 2].map((each) => (
        <div key={each} className="order waiting" />
      ))}
    </div>
  );
}
