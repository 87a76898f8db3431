// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using AudioMesh.Concealment;
using AudioMesh.Dsp;
using AudioMesh.Engine;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// A jitter buffer: takes a stream's packets in any order, and gives the stream at the pace of a device, as soon after its sending as packets come, whole: what is lost is predicted. Packets are
/// put in on one thread, the network's; the device's thread reads; neither waits for the other. A worker trains the predictions: <see cref="Work"/>, or an engine's model worker
/// with <see cref="Concealers"/>. Allocates all it needs when it is made.
/// </summary>
public sealed unsafe class StreamReceiver : IDisposable
{
    private readonly StreamReceiverOptions _options;
    private readonly FrameStore _store;
    private readonly StreamHandover _handover = new();
    private readonly PacketIntake _intake;
    private readonly PayloadDecoder _decoder;
    private readonly Playout _playout;
    private readonly PinnedPlanes _played;
    private readonly PinnedPlanes? _resampled;
    private readonly Resampler? _resampler;
    private readonly int _mostFrames;
    private double _owed;

    /// <summary>A receiver of one stream.</summary>
    /// <exception cref="AudioMeshException">
    /// InvalidArgument: an option is out of range; LimitExceeded: memory is out; FormatUnsupported and LibraryMissing: Opus cannot, or is not there.
    /// </exception>
    public StreamReceiver(StreamReceiverOptions options)
    {
        options.Validate();
        _options = options;
        int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)(options.DepthFrames(options.MaxDepthMs) + (options.Rate / 4) + (4 * PacketIntake.RewindFrames)));
        _store = new FrameStore(options.Channels, options.ChannelsPerLane, capacity);
        _decoder = new PayloadDecoder(options, _store);
        _intake = new PacketIntake(options, _store, _handover);
        _playout = new Playout(options, _store, _handover);
        _played = new PinnedPlanes(options.Channels, DriftInterpolator.MostFrames);
        _mostFrames = DriftInterpolator.MostFrames;
        if (options.OutputRate != options.Rate)
        {
            _resampler = new Resampler(new ResamplerFilter(new ResamplerOptions { FromRate = options.Rate, ToRate = options.OutputRate, Quality = ResamplerQuality.High }), options.Channels);
            _resampled = new PinnedPlanes(options.Channels, DriftInterpolator.MostFrames);
            _mostFrames = (int)Math.Max(1, Math.Min(_mostFrames, (_mostFrames - 2L) * options.OutputRate / options.Rate));
        }

        Concealers = [.. _playout.Lanes.Select(lane => lane.Concealer).OfType<StreamConcealer>()];
    }

    /// <summary>What it was made for.</summary>
    public StreamReceiverOptions Options => _options;

    /// <summary>What predicts, one for each lane; to be trained, by <see cref="Work"/> or by others.</summary>
    public IReadOnlyList<StreamConcealer> Concealers { get; }

    /// <summary>Frames that a frame is later for changing its rate, at the stream's rate; 0 where the nominal rates agree.</summary>
    [RealtimeSafe]
    public int ResamplerFrames => _resampler?.LatencyFrames ?? 0;

    /// <summary>
    /// How long sound takes from its timestamp at the sender to the device, hop by hop, in frames of the device: the way (0 where mesh time is not known), the depth, the change of rates, the
    /// period that it is read for, and what the device reports beyond that. Any thread but the device's.
    /// </summary>
    public LatencyLedger Latency(int periodFrames, int deviceFrames)
    {
        ReceiverStatistics now = Statistics;
        long Scaled(double frames) => (long)Math.Round(frames * _options.OutputRate / _options.Rate);
        return new LatencyLedger(
        [
            new LatencyHop("network", now.TransitNs == long.MinValue ? 0 : FrameCount.FromNanoseconds(now.TransitNs, _options.OutputRate).Value),
            new LatencyHop("depth", Scaled(now.DepthFrames)),
            new LatencyHop("resampler", Scaled(ResamplerFrames)),
            new LatencyHop("period", periodFrames),
            new LatencyHop("device", deviceFrames),
        ]);
    }

    /// <summary>What it is doing. Any thread.</summary>
    [RealtimeSafe]
    public ReceiverState State => _playout.Figures.State;

    /// <summary>The stream's position that is read next, in its frames and parts of one, before any change of rate; NaN while nothing is played. Device thread.</summary>
    [RealtimeSafe]
    public double Position => _playout.Position;

    /// <summary>Figures of this moment. Any thread.</summary>
    public ReceiverStatistics Statistics => ReceiverReport.Of(_intake.Counts, _playout);

    /// <summary>Whether a packet of this shape fits what it was made for; where not, the stream has changed and wants another receiver. Any thread.</summary>
    [RealtimeSafe]
    public bool Fits(in AudioPacketHeader header) =>
        header.Channels == _options.Channels && header.Rate == _options.Rate && header.FirstChannel >= 0 && header.FirstChannel < header.Channels && _store.LaneOf(header.FirstChannel, header.ChannelCount) >= 0;

    /// <summary>
    /// Takes a packet, whoever brought it: the first time, again, or restored. <paramref name="planes"/> are its samples, finite, all of a channel after all of the one before;
    /// <paramref name="arrival"/> is this host's monotonic clock. Network thread. What does not fit is counted and dropped.
    /// </summary>
    [RealtimeSafe]
    public void Put(in AudioPacketHeader header, ReadOnlySpan<float> planes, MeshTime arrival) => _intake.Put(header, planes, arrival);

    /// <summary>The same for a packet as it came. What its payload does not bear out is counted as refused.</summary>
    public void Put(in AudioPacketHeader header, ReadOnlySpan<byte> payload, MeshTime arrival)
    {
        int lane = Fits(header) && header.Frames >= 1 && header.Frames <= _options.PacketFrames ? _store.LaneOf(header.FirstChannel, header.ChannelCount) : -1;
        _intake.Put(header, lane < 0 ? default : _decoder.Decode(lane, header, payload), arrival);
    }

    /// <summary>How this host's time and mesh time are related from now on; the default value where that is not known. Network thread.</summary>
    [RealtimeSafe]
    public void UseTimebase(in ClockMap hostToMesh) => _intake.UseTimebase(hostToMesh);

    /// <summary>
    /// Bounds the depth anew, within the most that it was made for. Any thread.
    /// </summary>
    [RealtimeSafe]
    public void SetDepth(double leastMs, double mostMs)
    {
        double least = Math.Clamp(leastMs, 0, _options.MaxDepthMs);
        _intake.SetDepth(_options.DepthFrames(least), _options.DepthFrames(Math.Clamp(mostMs, least, _options.MaxDepthMs)));
    }

    /// <summary>
    /// Writes the next <paramref name="frames"/> to <paramref name="channels"/>, as many as <see cref="StreamReceiverOptions.OutputChannels"/>. Device thread, once a period.
    /// </summary>
    /// <param name="channels">A plane for each.</param>
    /// <param name="frames">Frames of the period.</param>
    /// <param name="outputTime">When the first leaves the device: this host's monotonic clock, without the device's jitter.</param>
    /// <returns>What is to be said of them.</returns>
    [RealtimeSafe]
    public FrameFlags Read(float** channels, int frames, MeshTime outputTime)
    {
        (long missing, long predicted) = (MissingFrames, PredictedFrames);
        int period = (int)((long)frames * _options.Rate / _options.OutputRate);
        _playout.Begin(Math.Max(1, period), outputTime, _owed);
        for (int done = 0; done < frames;)
        {
            int count = Math.Min(frames - done, _mostFrames);
            Read(channels, done, count);
            done += count;
        }

        _playout.End();
        return (MissingFrames > missing ? FrameFlags.Dropout : FrameFlags.None)
            | (PredictedFrames > predicted ? FrameFlags.Predicted : FrameFlags.None);
    }

    /// <summary>How many streams are read in a period, one after the other, this one included: the time for looking ahead is theirs together. Device thread.</summary>
    [RealtimeSafe]
    internal int StreamsInPeriod
    {
        set => _playout.StreamsInPeriod = value;
    }

    /// <summary>Frames that were not there, of the lane that lacked most. Any thread.</summary>
    [RealtimeSafe]
    public long MissingFrames
    {
        get
        {
            long most = 0;
            foreach (LaneFiller lane in _playout.Lanes)
            {
                most = Math.Max(most, lane.MissingFrames);
            }

            return most;
        }
    }

    /// <summary>Frames of those that prediction made audible, of the lane with most. Any thread.</summary>
    [RealtimeSafe]
    public long PredictedFrames
    {
        get
        {
            long most = 0;
            foreach (LaneFiller lane in _playout.Lanes)
            {
                most = Math.Max(most, lane.PredictedFrames);
            }

            return most;
        }
    }

    /// <summary>Trains what predicts, as far as it is due, on the calling thread; one thread at a time. Returns whether there was anything.</summary>
    public bool Work()
    {
        bool worked = false;
        foreach (StreamConcealer concealer in Concealers)
        {
            worked |= concealer.Work();
        }

        return worked;
    }

    /// <summary>Gives its memory back. Only when no thread uses it any more.</summary>
    public void Dispose()
    {
        foreach (LaneFiller lane in _playout.Lanes)
        {
            lane.Dispose();
        }

        _decoder.Dispose();
    }

    [RealtimeSafe]
    private void Read(float** channels, int offset, int frames)
    {
        if (_resampler is null)
        {
            _playout.Read(_played.Pointers, frames);
            OutputMap.Write(_played.Pointers, _options.Channels, channels, _options.OutputChannels, offset, frames);
            return;
        }

        int needed = _resampler.InputFramesFor(frames);
        if (needed > 0)
        {
            _playout.Read(_played.Pointers, needed);
        }

        _resampler.Process(_played.Pointers, needed, _resampled!.Pointers, frames, out _);
        _owed += ((double)frames * _options.Rate / _options.OutputRate) - needed;
        OutputMap.Write(_resampled.Pointers, _options.Channels, channels, _options.OutputChannels, offset, frames);
    }
}
