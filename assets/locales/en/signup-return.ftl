### The page that the browser is left with when Meta's dialog is over.

signup-return-nothing = Nothing to do here
signup-return-nothing-why = This address is only for Meta’s page at the end of a signup.
signup-return-to-app = Back to Twinbox
signup-return-to-app-why = The signup goes on there.
signup-return-open = Open Twinbox
signup-return-done = Done
signup-return-done-why = Go back to Twinbox: it goes on there.
signup-return-failed = That did not work
signup-return-stopped = The signup was stopped. Go back to Twinbox to begin again.
signup-return-too-long = That took too long. Begin again in Twinbox.
signup-return-unreachable = Meta cannot be reached just now. Go on in Twinbox.
signup-return-see-twinbox = Go back to Twinbox: it says why, and what to do.
signup-return-unknown = Go back to Twinbox and look how the signup stands.
