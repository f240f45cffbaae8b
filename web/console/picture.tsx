// The arches: the picture beside signing in and the first steps.
export function ArchPicture() {
  return (
    <svg viewBox="0 0 500 800" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect width="500" height="800" fill="#0B3F47" />
      <path d="M-60 748V375a202 202 0 0 1 404 0v373z" fill="#0E5F6B" />
      <path d="M10 748V390a133 133 0 0 1 266 0v358z" fill="#E4D3B4" />
      <path d="M46 748V395a97 97 0 0 1 194 0v353z" fill="#F1E4CB" />
      <path d="M300 748V482a112 112 0 0 1 224 0v266z" fill="#11717F" />
      <path d="M344 748V487a68 68 0 0 1 136 0v261z" fill="#0B3F47" />
      <circle cx="425" cy="180" r="41" fill="#E88B62" />
      <path d="M88 748V668a55 55 0 0 1 110 0v16a32 32 0 0 1-32 32h-50z" fill="#0E5F6B" />
      <path d="M120 696v-22a23 23 0 0 1 46 0v22z" fill="#FFFFFF" />
      <path d="M466 748V696a35 35 0 0 0-70 0v6a20 20 0 0 0 20 20h26z" fill="#E88B62" />
      <path d="M415 710v-14a14 14 0 0 1 28 0v14z" fill="#0B3F47" />
      <rect y="748" width="500" height="52" fill="#082C32" />
    </svg>
  );
}
