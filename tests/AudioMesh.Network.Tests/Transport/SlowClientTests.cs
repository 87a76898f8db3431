// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>A JACK server whose transport has a client that takes 300 ms until it lets it roll.</summary>
[Platform("Linux")]
internal sealed partial class SlowClientTests
{
    private const int SlowMs = 300;
    private const int Attempts = 6;
    private readonly string _server = $"amslow-{Environment.ProcessId}";
    private Process? _jackd;

    [SetUp]
    public void StartServer()
    {
        // Where realtime scheduling is refused to jackd it runs without.
        foreach (string scheduling in (string[])["-R", "-r"])
        {
            try
            {
                _jackd = Process.Start(new ProcessStartInfo("jackd", ["-n", _server, scheduling, "-d", "dummy", "-r", "48000", "-p", "256"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            }
            catch (Win32Exception)
            {
                Assert.Ignore("jackd is not installed (Debian: jackd2).");
            }

            _jackd!.OutputDataReceived += (_, _) => { };
            _jackd.ErrorDataReceived += (_, _) => { };
            _jackd.BeginOutputReadLine();
            _jackd.BeginErrorReadLine();
            if (SpinWait.SpinUntil(() => _jackd.HasExited || IsListed(), 20_000) && !_jackd.HasExited)
            {
                return;
            }

            EndServer();
        }

        Assert.Ignore("jackd does not start here.");
    }

    [TearDown]
    public void EndServer()
    {
        if (_jackd is { HasExited: false })
        {
            _ = kill(_jackd.Id, 15); // in order: a killed one leaves its name in the table of servers, which has eight places
            _jackd.WaitForExit(5000);
        }

        _jackd?.Dispose();
        _jackd = null;
    }

    [Test]
    public void Who_was_waited_for_once_has_the_time_it_needs_from_then_on()
    {
        using JackTransport slow = new(_server, "slow");
        SlowClient client = new();
        slow.Run(client);
        MeshTimebase timebase = new TimeService(1, MeshClock.Now, new TimeOptions()).Timebase;
        using PeriodTransport transport = new(new JackTransport(_server, "agent"), timebase);
        Assert.That(SpinWait.SpinUntil(() => transport.Read().At.IsKnown, 20_000), Is.True, "the server runs");

        TransportOutcome first = Carry(transport, TransportAction.LocateStart, 480_000);
        Assert.That(first.Result, Is.EqualTo(TransportResult.Late), $"nobody could know of it before: {first}");
        Assert.That(first.MissedFrames, Is.GreaterThan(SlowMs * 48 / 2), $"what was not heard is told of: {first}");
        Assert.That(transport.LeastLeadNs, Is.GreaterThan(SlowMs * 1_000_000L), "it is known now");

        // A machine that stalls may lose cycles in one start; it does not in all of them.
        List<TransportOutcome> next = [];
        do
        {
            Carry(transport, TransportAction.Stop, null);
            next.Add(Carry(transport, TransportAction.LocateStart, 960_000 + next.Count));
        }
        while (next[^1].Corrections > 0 && next.Count < Attempts);

        Assert.That(next[^1].Corrections, Is.Zero, string.Join('\n', next));
        Assert.That(Math.Abs(next[^1].ErrorFrames), Is.LessThan(1.5), $"{next[^1]}");
        Assert.That(client.Waited, Is.GreaterThan(next.Count), "the client was slow each time");
    }

    private static TransportOutcome Carry(PeriodTransport transport, TransportAction action, long? frame)
    {
        TransportReading now = transport.Read();
        TransportOrder order = new((ulong)Random.Shared.NextInt64(1, long.MaxValue), action, now.At.Add(transport.LeastLeadNs + 100_000_000), frame);
        Assert.That(transport.Schedule(order).Code, Is.Null);
        TransportOutcome outcome = default;
        Assert.That(SpinWait.SpinUntil(() => transport.TryTakeOutcome(out outcome), 20_000), Is.True, $"{action} comes to its outcome");
        return outcome;
    }

    private bool IsListed()
    {
        Thread.Sleep(20);
        using JackBackend backend = new();
        return backend.EnumerateDevices().Any(device => device.Name == _server);
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    private sealed class SlowClient : IPeriodTransportHandler
    {
        private MeshTime _since = MeshTime.Unknown;

        /// <summary>How often it let the transport roll.</summary>
        public int Waited { get; private set; }

        public void Cycle(in TransportCycle cycle)
        {
            if (cycle.State != TransportState.Starting)
            {
                _since = MeshTime.Unknown;
            }
        }

        public bool IsReady()
        {
            _since = _since.IsKnown ? _since : MeshClock.Now;
            bool isReady = MeshClock.Now - _since >= SlowMs * 1_000_000L;
            Waited += isReady ? 1 : 0;
            return isReady;
        }
    }
}
