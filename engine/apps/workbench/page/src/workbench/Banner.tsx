import { useReading } from "../reading";

interface Props {
  message: string;
  onRetry?: () => void;
}

/** What went wrong, and a way on. */
export function Banner({ message, onRetry }: Props) {
  const { say } = useReading();
  return (
    <div class="banner banner-bad" role="alert">
      <span>{message}</span>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          {say("view_retry")}
        </button>
      )}
    </div>
  );
}
