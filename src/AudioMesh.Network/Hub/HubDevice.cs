// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>
/// A device on which every channel that clients send has a channel of its own: with JACK a port, to be recorded or mixed by other programs. Its periods are the hub's pace; what was mixed in one
/// period is on the device in the next. All channels are there from the beginning, since no backend adds any while it runs; names of clients are put to the ports as they come.
/// </summary>
public sealed unsafe class HubDevice : IRenderCallback, IDisposable
{
    private const int Slots = 4;

    private readonly IAudioOutputBackend _backend;
    private readonly float[] _planes;
    private readonly int _slotSamples;
    private long _written;
    private long _read;
    private long _periodNs = MeshTime.Unknown.Nanoseconds;
    private long _missing;

    /// <summary>
    /// Opens the device, which this owns from then on. Throws what <see cref="IAudioOutputBackend.Open"/> throws, FormatUnsupported where its period is longer than 512 frames.
    /// </summary>
    public HubDevice(IAudioOutputBackend backend, StreamRequest request)
    {
        _backend = backend;
        Stream = backend.Open(request, this);
        if (Stream.PeriodFrames > 512)
        {
            backend.Dispose();
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"{Stream.Driver}: a hub's period is at most 512 frames, the device's is {Stream.PeriodFrames}.") { Allowed = "16..512" };
        }

        _slotSamples = Stream.OutputChannels * Stream.PeriodFrames;
        _planes = GC.AllocateArray<float>(Slots * _slotSamples, pinned: true);
    }

    /// <summary>What is open; the hub's rate and period have to be these.</summary>
    public StreamInfo Stream { get; }

    /// <summary>Periods of the device for which nothing was mixed. Any thread.</summary>
    public long MissingPeriods => Volatile.Read(ref _missing);

    /// <summary>When a period of the device began, by this host's clock; unknown before the first. Any thread.</summary>
    internal MeshTime PeriodTime => new(Volatile.Read(ref _periodNs));

    /// <summary>Gives the device the oldest period that was mixed; silence where there is none.</summary>
    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        Volatile.Write(ref _periodNs, block.PeriodTime.Nanoseconds);
        long ready = Volatile.Read(ref _written) - _read;
        if (ready <= 0 || block.Frames != Stream.PeriodFrames)
        {
            Volatile.Write(ref _missing, _missing + 1);
            return;
        }

        float* slot = Slot(_read);
        for (int channel = 0; channel < block.OutputChannels; channel++)
        {
            Unsafe.CopyBlock(block.Outputs[channel], slot + (channel * block.Frames), (uint)(block.Frames * sizeof(float)));
        }

        Volatile.Write(ref _read, _read + 1);
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _backend.Dispose();

    internal void Start() => _backend.Start();

    /// <summary>Takes what clients send in this period, channel after channel; nothing where the device is behind. The mixing thread.</summary>
    [RealtimeSafe]
    internal void Write(ReadOnlySpan<float> planes)
    {
        if (_written - Volatile.Read(ref _read) >= Slots)
        {
            return;
        }

        int samples = Math.Min(planes.Length, _slotSamples);
        planes[..samples].CopyTo(new Span<float>(Slot(_written), samples));
        Volatile.Write(ref _written, _written + 1);
    }

    /// <summary>Puts a client's name to its channels, where the device has names for people. May wait for the server.</summary>
    internal void Name(HubSeat seat, string client)
    {
        if (_backend is not JackBackend jack)
        {
            return;
        }

        try
        {
            for (int channel = 0; channel < seat.SendChannels && seat.FirstSend + channel < Stream.OutputChannels; channel++)
            {
                jack.SetPortPrettyName(PortName(seat.FirstSend + channel), $"{client} {channel + 1}");
            }
        }
        catch (AudioMeshException)
        {
            // A server that keeps no properties, or is gone: the ports are there all the same.
        }
    }

    /// <summary>The names of so many ports, for <see cref="StreamRequest.OutputPorts"/>.</summary>
    public static IReadOnlyList<string> PortNames(int channels) => [.. Enumerable.Range(0, channels).Select(PortName)];

    private static string PortName(int channel) => $"send_{channel + 1}";

    [RealtimeSafe]
    private float* Slot(long period) => (float*)Unsafe.AsPointer(ref _planes[0]) + ((period & (Slots - 1)) * _slotSamples);
}
