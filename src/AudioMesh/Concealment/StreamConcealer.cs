// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// PNBTR: predicts what is missing from a stream. Every block of the stream passes through it in order, on one thread, the device's: those that came
/// through <c>Receive</c>, those that did not through <c>Fill</c>. A worker thread calls <see cref="Work"/>, which trains a model of every
/// channel at each multiple of <see cref="HopFrames"/>. What a fill sounds like is decided by stream positions, never by a clock, as long as the worker
/// keeps up; where it does not, older models are used, and counted.
/// </summary>
public sealed unsafe class StreamConcealer : IDisposable
{
    /// <summary>Frames from one model to the next.</summary>
    public const int HopFrames = 128;

    /// <summary>The most frames predicted at a time; longer blocks are cut.</summary>
    internal const int MostFrames = 512;

    private readonly ConcealerOptions _options;
    private readonly FloatArena _arena;
    private readonly ModelExchange _exchange;
    private readonly ChannelConcealer[] _channels;
    private readonly StreamTrainer _trainer;
    private readonly GapBridge _bridge = new();
    private readonly StreamPosition _position = new();
    private bool _isGap;
    private int _isArmed = 1;
    private long _gaps;
    private long _predictedFrames;
    private long _staleFrames;
    private long _unmodelledFrames;

    /// <summary>Allocates all it will need.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: channels or rate are out of range; LimitExceeded: memory is out.</exception>
    public StreamConcealer(ConcealerOptions options)
    {
        if (options.Channels is < 1 or > 64 || options.Rate is < 8000 or > 384000)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument,
                $"{options.Channels} channels at {options.Rate} Hz cannot be concealed; allowed: 1..64 channels, 8000..384000 Hz.");
        }

        _options = options;
        _arena = new FloatArena(
            ModelExchange.MemoryLength(options.Channels)
            + (options.Channels * (FloatArena.Padded(SampleHistory.MemoryLength) + FloatArena.Padded(ChannelConcealer.MemoryLength))));
        _exchange = new ModelExchange(options.Channels, _arena);
        _channels = new ChannelConcealer[options.Channels];
        for (int channel = 0; channel < _channels.Length; channel++)
        {
            SampleHistory history = new(_arena.Take(SampleHistory.MemoryLength));
            _channels[channel] = new ChannelConcealer(channel, history, _arena.Take(ChannelConcealer.MemoryLength), options.Rate);
        }

        _trainer = new StreamTrainer(_channels, _exchange, _position, options.Trainer ?? new CpuModelTrainer()) { Profile = options.Profile };
    }

    /// <summary>Frames per second.</summary>
    public int Rate => _options.Rate;

    /// <summary>Frames that passed. Any thread.</summary>
    public FrameCount Position => new(_position.Frames);

    /// <summary>What is trained with from the next model on. Any thread.</summary>
    public ConcealmentProfile Profile
    {
        get => _trainer.Profile;
        set => _trainer.Profile = value;
    }

    /// <summary>
    /// Whether models are trained: from the beginning on. A source that knows when no gap can come saves the work meanwhile. Any thread.
    /// </summary>
    public bool IsArmed
    {
        [RealtimeSafe]
        get => Volatile.Read(ref _isArmed) != 0;
        [RealtimeSafe]
        set => Volatile.Write(ref _isArmed, value ? 1 : 0);
    }

    /// <summary>Frames of a gap from which on nothing is heard.</summary>
    public int AudibleFrames => (int)(FadeLaw.EndMs * _options.Rate / 1000);

    /// <summary>What happened so far. Any thread.</summary>
    public ConcealmentStatistics Statistics => new(
        Volatile.Read(ref _gaps),
        Volatile.Read(ref _predictedFrames),
        Volatile.Read(ref _staleFrames),
        Volatile.Read(ref _unmodelledFrames),
        _trainer.Trainings,
        _trainer.Skipped,
        _trainer.Confidence,
        Profile);

    /// <summary>
    /// Takes frames that came: <paramref name="frames"/> of every channel from <paramref name="offset"/> on. The first ones after a gap are changed: they are
    /// faded in over what would have gone on. Device thread.
    /// </summary>
    [RealtimeSafe]
    public void Receive(float** channels, int offset, int frames)
    {
        _isGap = false;
        for (int done = 0; done < frames; done += MostFrames)
        {
            int count = Math.Min(MostFrames, frames - done);
            PredictionModel? model = _exchange.Find(RuleAt(_position.Frames));
            for (int channel = 0; channel < _channels.Length; channel++)
            {
                _channels[channel].Receive(
                    _position.Frames, new Span<float>(channels[channel] + offset + done, count), model);
            }

            _position.Frames += count;
        }
    }

    /// <summary>
    /// Writes frames in the place of those that did not come: goes on as the sound before would have, without a step, and falls silent by and by, see
    /// <see cref="AudibleFrames"/>. Device thread.
    /// </summary>
    [RealtimeSafe]
    public void Fill(float** channels, int offset, int frames) => FillBetween(channels, offset, frames, null, 0, 0);

    /// <summary>
    /// The same where the first frames behind the gap are there already, <paramref name="laterFrames"/> of every channel of <paramref name="later"/> from
    /// <paramref name="laterOffset"/> on: the fill ends in them, and is the better for it. They still have to be passed to <c>Receive</c>. Device thread.
    /// </summary>
    [RealtimeSafe]
    public void FillBetween(float** channels, int offset, int frames, float** later, int laterOffset, int laterFrames)
    {
        CountGap(frames);
        for (int done = 0; done < frames; done += MostFrames)
        {
            int count = Math.Min(MostFrames, frames - done);
            int behind = done + count == frames ? Math.Min(laterFrames, GapBridge.LaterFor(count, _channels.Length)) : 0;
            PredictionModel? model = Model(count);
            for (int channel = 0; channel < _channels.Length; channel++)
            {
                Span<float> samples = new(channels[channel] + offset + done, count);
                ReadOnlySpan<float> known = behind == 0 ? default : new(later[channel] + laterOffset, behind);
                _channels[channel].Fill(_position.Frames, samples, known, model, _bridge);
            }

            _position.MarkFilled(_position.Frames, _position.Frames + count);
            _position.Frames += count;
        }
    }

    /// <summary>As <see cref="Receive(float**, int, int)"/>, with all frames of a channel after all of the one before.</summary>
    [RealtimeSafe]
    public void Receive(Span<float> planes)
    {
        fixed (float* first = planes)
        {
            float** channels = stackalloc float*[_channels.Length];
            int frames = Split(first, planes.Length, channels);
            Receive(channels, 0, frames);
        }
    }

    /// <summary>
    /// As <see cref="Fill(float**, int, int)"/>, with all frames of a channel after all of the one before; and as <see cref="FillBetween"/>, where
    /// <paramref name="laterPlanes"/> has frames.
    /// </summary>
    [RealtimeSafe]
    public void Fill(Span<float> planes, ReadOnlySpan<float> laterPlanes = default)
    {
        fixed (float* first = planes, firstLater = laterPlanes)
        {
            float** channels = stackalloc float*[_channels.Length];
            float** later = stackalloc float*[_channels.Length];
            int frames = Split(first, planes.Length, channels);
            FillBetween(channels, 0, frames, later, 0, Split(firstLater, laterPlanes.Length, later));
        }
    }

    /// <summary>
    /// Trains the models that are due, on the calling thread; one thread at a time. Returns whether there were any. Throws what
    /// <see cref="ConcealerOptions.Trainer"/> throws; the next call goes on with the next position.
    /// </summary>
    public bool Work()
    {
        if (IsArmed)
        {
            return _trainer.Work();
        }

        _trainer.Rest();
        return false;
    }

    /// <summary>A copy that goes on from the same state. Only while nobody else uses this one.</summary>
    public StreamConcealer Fork()
    {
        StreamConcealer fork = new(_options) { Profile = Profile, IsArmed = IsArmed };
        fork._exchange.CopyFrom(_exchange);
        _arena.CopyTo(fork._arena);
        for (int channel = 0; channel < _channels.Length; channel++)
        {
            fork._channels[channel].CopyFrom(_channels[channel]);
        }

        fork._trainer.CopyFrom(_trainer);
        fork._position.CopyFrom(_position);
        fork._isGap = _isGap;
        (fork._gaps, fork._predictedFrames, fork._staleFrames, fork._unmodelledFrames) = (_gaps, _predictedFrames, _staleFrames, _unmodelledFrames);
        return fork;
    }

    /// <summary>Frees its memory. Only when neither thread uses it any more.</summary>
    public void Dispose() => _arena.Dispose();

    /// <summary>At what position the model was trained that a fill from <paramref name="position"/> on uses: the worker had a hop's time for it.</summary>
    [RealtimeSafe]
    private static long RuleAt(long position) => (position - HopFrames) & -HopFrames;

    [RealtimeSafe]
    private int Split(float* first, int length, float** channels)
    {
        int frames = length / _channels.Length;
        for (int channel = 0; channel < _channels.Length; channel++)
        {
            channels[channel] = first + (channel * frames);
        }

        return frames;
    }

    [RealtimeSafe]
    private PredictionModel? Model(int frames)
    {
        long rule = RuleAt(_position.Frames);
        PredictionModel? model = _exchange.Find(rule);
        if (model is null)
        {
            Volatile.Write(ref _unmodelledFrames, _unmodelledFrames + frames);
        }
        else if (model.Position != rule)
        {
            Volatile.Write(ref _staleFrames, _staleFrames + frames);
        }

        return model;
    }

    [RealtimeSafe]
    private void CountGap(int frames)
    {
        if (!_isGap)
        {
            _isGap = true;
            Volatile.Write(ref _gaps, _gaps + 1);
        }

        Volatile.Write(ref _predictedFrames, _predictedFrames + frames);
    }
}
