// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace AudioMesh.RoundTrip;

/// <summary>One side of JackTrip, peer to peer.</summary>
internal sealed class JackTripProcess : IDisposable
{
    public const string Input = "trip:send_1";
    public const string Output = "trip:receive_1";

    private const int ListenMs = 1500;

    private readonly Process _process;

    private JackTripProcess(string server, string[] words)
    {
        ProcessStartInfo start = new("jacktrip", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["JACK_DEFAULT_SERVER"] = server;
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The side that waits for the other, at a UDP port of this machine.</summary>
    public static JackTripProcess Listen(string server, int queue, int port)
    {
        JackTripProcess process = new(server, ["-s", "-B", $"{port}", .. Shared(queue)]);
        Thread.Sleep(ListenMs);
        return process;
    }

    /// <summary>The side that calls the other, at <paramref name="port"/>, from <paramref name="ownPort"/>.</summary>
    public static JackTripProcess Call(string server, int queue, int port, int ownPort) =>
        new(server, ["-c", "127.0.0.1", "-P", $"{port}", "-B", $"{ownPort}", .. Shared(queue)]);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string[] Shared(int queue) => ["-n", "1", "-q", queue.ToString(CultureInfo.InvariantCulture), "--clientname", "trip", "--nojackportsconnect"];
}
