export default function Page() {
  return <main>The API is at {process.env.NEXT_PUBLIC_API_URL}</main>;
}
