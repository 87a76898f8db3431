// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using AudioMesh.Backends;
using AudioMesh.Cli.Demo.Output;
using AudioMesh.Cli.Runs;
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>
/// A plays a recording to B over a lossy link, B plays it and sends it back. B hears the same packets twice, with prediction and without, and plays what was predicted.
/// </summary>
internal sealed class DemoRun : IDisposable
{
    private const double MostWaitSeconds = 20;
    private const double TailSeconds = 0.5;
    private const int MostPeriodFrames = 128;
    private const int LeastPeriodFrames = 32;
    private const int LookMs = 50;

    private readonly DemoPlan _plan;
    private readonly AudioFileInfo _file;
    private readonly int _channels;
    private readonly SoundLog _sent;
    private readonly SoundLog _predicted;
    private readonly SoundLog _plain;
    private readonly SoundLog _returned;
    private readonly LinkLog _link;
    private readonly DemoHost _a;
    private readonly DemoHost _b;
    private readonly UdpRelay _relay;
    private readonly List<DemoProgress> _history = [];
    private readonly GraphNode _meterA;
    private readonly GraphNode _meterB;
    private readonly int _rate;
    private readonly int _packetFrames;

    /// <summary>Opens everything; nothing is heard yet. Throws what files, devices and ports throw.</summary>
    public DemoRun(DemoPlan plan)
    {
        _plan = plan;
        using (IAudioFileReader file = AudioFile.OpenRead(plan.Path))
        {
            _file = file.Info;
        }

        _channels = Math.Min(2, _file.Channels);
        int most = (int)((plan.Seconds + MostWaitSeconds + 5) * Math.Max(_file.Rate, Math.Max(plan.Device.Rate, 96_000)));
        int blocks = most / LeastPeriodFrames;
        (_sent, _predicted, _plain, _returned) = (new(most, blocks), new(most, blocks), new(most, blocks), new(most, blocks));
        _link = new LinkLog(blocks);
        SessionKey key = SessionKey.FromSecret(RandomNumberGenerator.GetBytes(SessionKey.Bytes), "demo");
        _b = new DemoHost("B", key, [], _channels, [("keep", _predicted), ("keep_plain", _plain)]);
        (Device, FallbackReason) = DemoDevice.Open(_b.Engine, plan.Device, _file.Rate, _channels);
        _rate = Device.Rate;
        _relay = UdpRelay.Start(new UdpRelayOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Target = _b.Address,
            There = plan.Link,
            Back = plan.Link,
            Seed = (ulong)plan.Seed,
            Watch = _link,
        });
        _a = new DemoHost("A", key, [_relay.Listen], _channels, [("keep", _sent), ("keep_returned", _returned)]);
        _packetFrames = Math.Min(Device.PeriodFrames, MostPeriodFrames);
        SenderDevice = _a.Engine.OpenDevice("null", new StreamRequest { Rate = _rate, PeriodFrames = _packetFrames, OutputChannels = _channels });
        _meterB = BuildB();
        _meterA = BuildA();
    }

    /// <summary>What B plays on.</summary>
    public StreamInfo Device { get; private set; }

    /// <summary>Why nobody hears it; null where somebody may.</summary>
    public string? FallbackReason { get; }

    /// <summary>What paces A.</summary>
    public StreamInfo SenderDevice { get; private set; }

    /// <summary>Plays, and gives what was heard. Throws Timeout where the two do not find each other.</summary>
    public async Task<DemoRecord> GoAsync(IDemoReport report, Interruption interruption)
    {
        _b.Engine.Start();
        Device = _b.Engine.Stream ?? Device;
        await MeetAsync(interruption);
        report.Begin(_plan, Device, _rate);
        _a.Engine.Start();
        SenderDevice = _a.Engine.Stream ?? SenderDevice;
        await report.AroundAsync(() => FollowAsync(report, interruption));
        _a.Engine.Stop();
        DemoProgress end = Look();
        await Task.Delay(TimeSpan.FromSeconds(TailSeconds));
        _b.Engine.Stop();
        _relay.Dispose();
        return new DemoRecord
        {
            Plan = _plan,
            Device = Device,
            SenderDevice = SenderDevice,
            FallbackReason = FallbackReason,
            IsInterrupted = interruption.Signalled.IsCompleted,
            Rate = _rate,
            PacketFrames = _packetFrames,
            Sent = _sent,
            Predicted = _predicted,
            Plain = _plain,
            Returned = _returned,
            Link = _link,
            ReturnedBefore = ReturnedBefore,
            ReturnedPacketFrames = _b.Exchange.Outgoing[0].Sender.Plan.FramesPerPacket,
            History = _history,
            End = end,
            Relay = _relay.Statistics,
            Dropped = _a.Dropped + _b.Dropped,
        };
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _relay.Dispose();
    }

    // Packets of B's that nobody wanted yet: they never came to the link.
    private long ReturnedBefore => _b.Exchange.Outgoing[0].Sender.Statistics.Packets - _b.Exchange.Outgoing[0].Datagrams;

    private GraphNode BuildA()
    {
        GraphNode file = _a.Add("file_source", ("path", Path.GetFullPath(_plan.Path)), ("loop", _plan.Seconds * _file.Rate > _file.Frames));
        _a.Chain(file, _a.Add("keep"), _a.Add("toast_sink", ("stream", "music"), ("channels", _channels)));
        GraphNode back = Hear(_a, "B", "back", "predict");
        GraphNode meter = _a.Add("meter", ("channels", _channels));
        _a.Chain(back, _a.Add("keep_returned"), meter);
        _returned.Stream = _a.Exchange.Incoming[0];
        return meter;
    }

    private GraphNode BuildB()
    {
        GraphNode source = Hear(_b, "A", "music", "predict");
        GraphNode tap = _b.Add("keep");
        GraphNode meter = _b.Add("meter", ("channels", _channels));
        _b.Chain(source, tap, meter, _b.Add("device_sink", ("channels", Device.OutputChannels)));
        _b.Chain(tap, _b.Add("toast_sink", ("stream", "back"), ("channels", _channels)));
        _b.Chain(Hear(_b, "A", "music", "silence"), _b.Add("keep_plain"));
        _predicted.Stream = _b.Exchange.Incoming[0];
        _plain.Stream = _b.Exchange.Incoming[1];
        return meter;
    }

    private GraphNode Hear(DemoHost host, string peer, string stream, string gaps) => host.Add(
        "toast_source",
        ("peer", peer),
        ("stream", stream),
        ("channels", _channels),
        ("gaps", gaps),
        ("depth_min", _plan.Depth.LeastMs),
        ("depth_max", _plan.Depth.MostMs));

    private async Task MeetAsync(Interruption interruption)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!HaveMet && !interruption.Signalled.IsCompleted)
        {
            if (Stopwatch.GetElapsedTime(begin).TotalSeconds > MostWaitSeconds)
            {
                throw new AudioMeshException(AudioErrorKind.Timeout, $"The two nodes did not find each other in {MostWaitSeconds} s over a link like {_plan.Preset}.");
            }

            await Task.Delay(LookMs);
        }
    }

    private bool HaveMet => _a.Exchange.Outgoing[0].TargetCount > 0
        && _b.Exchange.Incoming.TrueForAll(stream => stream.Receiver is not null) && _a.Exchange.Incoming[0].Receiver is not null;

    private async Task FollowAsync(IDemoReport report, Interruption interruption)
    {
        long nextReport = Environment.TickCount64;
        while (_sent.Frames < _plan.Seconds * _rate && !interruption.Signalled.IsCompleted)
        {
            DemoProgress progress = Look();
            _history.Add(progress);
            if (Environment.TickCount64 >= nextReport)
            {
                nextReport += (long)report.Interval.TotalMilliseconds;
                report.Progress(progress);
            }

            await Task.WhenAny(interruption.Signalled, Task.Delay(LookMs));
        }
    }

    private DemoProgress Look() => new(Math.Min(_plan.Seconds, (double)_sent.Frames / _rate), _plan.Seconds, _a.Look(_meterA), _b.Look(_meterB));
}
