// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Canary;

namespace AudioMesh.Latency.Ramp;

/// <summary>
/// Why the ramp breaks. An asynchronous jackd that finds a client of its last cycle unfinished goes on without it: what the client then plays comes a cycle
/// late, and who listens to it runs once for two of its periods (a period is lost), or before it does (one is repeated).
/// </summary>
internal static class RampCause
{
    /// <summary>A CPU did not run its canary.</summary>
    public const string Machine = "machine";

    /// <summary>The server says that it was late itself, or that the kernel had not yet run a client it had woken.</summary>
    public const string Server = "server";

    /// <summary>The server says that the client which listens was late.</summary>
    public const string Listener = "listener";

    /// <summary>None of these: ours.</summary>
    public const string Unexplained = "unexplained";

    /// <summary>A break shows up to so many periods after what made it.</summary>
    private const int Periods = 4;

    private const long SlackNs = 3_000_000;

    /// <summary>jackd prints from a thread without priority.</summary>
    private const long PrintNs = 20_000_000;

    /// <summary>Why the ramp broke at <paramref name="time"/>, in mesh time.</summary>
    public static string Of(long time, long periodNs, CanaryReport canary, IEnumerable<ServerLine> said)
    {
        long from = time - SlackNs - (Periods * periodNs);
        return canary.IsRealtime && Array.Exists(canary.Stalls, stall => stall.Touches(from, time + SlackNs))
            ? Machine
            : said.Where(line => line.Time >= from && line.Time <= time + PrintNs).Select(Blamed).FirstOrDefault(who => who != Unexplained) ?? Unexplained;
    }

    private static string Blamed(ServerLine line) =>
        line.Text.Contains("JackEngine::XRun") && line.Text.Contains($"client = {RampCapture.ClientName} ") ? Listener
        : line.IsServersFault ? Server
        : Unexplained;
}
