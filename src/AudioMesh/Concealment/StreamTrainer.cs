// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>Trains the models of a stream, hop after hop. Worker thread.</summary>
internal sealed class StreamTrainer
{
    private const int MostBacklog = 8;
    private const int Hop = StreamConcealer.HopFrames;

    private readonly ChannelConcealer[] _channels;
    private readonly ModelExchange _exchange;
    private readonly StreamPosition _position;
    private readonly IModelTrainer _trainer;
    private readonly int _mostAtOnce;
    private readonly float[] _windows;
    private readonly float[] _models;
    private readonly Foresight[] _foresights;
    private long _done;
    private long _trainings;
    private long _skipped;
    private float _confidence;
    private int _profile;

    public StreamTrainer(ChannelConcealer[] channels, ModelExchange exchange, StreamPosition position, IModelTrainer trainer)
    {
        (_channels, _exchange, _position, _trainer) = (channels, exchange, position, trainer);
        _mostAtOnce = Math.Clamp(trainer.MostStreams, 1, channels.Length);
        _windows = new float[_mostAtOnce * LatticeBurg.MostSamples];
        _models = new float[_mostAtOnce * LatticeBurg.MostOrder];
        _foresights = new Foresight[channels.Length];
        for (int channel = 0; channel < channels.Length; channel++)
        {
            _foresights[channel] = new Foresight();
        }
    }

    public ConcealmentProfile Profile
    {
        get => (ConcealmentProfile)Volatile.Read(ref _profile);
        set => Volatile.Write(ref _profile, (int)value);
    }

    /// <summary>How much of what came was foretold, of the channel where it was least.</summary>
    public float Confidence => Volatile.Read(ref _confidence);

    public long Trainings => Volatile.Read(ref _trainings);

    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Trains at the next position that is due; what is too far behind is left out. Returns whether one was due.</summary>
    public bool Work()
    {
        long newest = _position.Frames & -Hop;
        if (newest <= _done)
        {
            return false;
        }

        long hop = _done + Hop;
        if (newest - hop > MostBacklog * Hop)
        {
            Skip((newest - hop) / Hop);
            hop = newest;
        }

        _done = hop;
        int window = (int)Math.Min(Profile.Window(), hop & -ConcealmentProfiles.LeastSamples);
        if (window > 0)
        {
            Train(hop, window);
        }

        return true;
    }

    /// <summary>Leaves out what is due, but for the newest two positions: a gap that begins now asks for the older of them.</summary>
    public void Rest() => _done = Math.Max(_done, (_position.Frames & -Hop) - (2 * Hop));

    /// <summary>Becomes a copy.</summary>
    public void CopyFrom(StreamTrainer other)
    {
        (_done, _trainings, _skipped) = (other._done, other._trainings, other._skipped);
        for (int channel = 0; channel < _foresights.Length; channel++)
        {
            _foresights[channel].CopyFrom(other._foresights[channel]);
        }
    }

    private void Train(long hop, int window)
    {
        if (_exchange.Take() is not { } model)
        {
            Skip(1);
            return;
        }

        model.Position = hop;
        model.Order = ConcealmentProfiles.OrderOf(window);
        model.SecondOrder = window > ConcealmentProfiles.SecondWindow ? ConcealmentProfiles.MostSecondOrder : 0;
        bool isWhole = false;
        try
        {
            isWhole = TrainChannels(model, window);
        }
        finally
        {
            if (isWhole)
            {
                Volatile.Write(ref _trainings, _trainings + 1);
                Volatile.Write(ref _confidence, LeastConfidence(model));
                _exchange.Publish(model);
            }
            else
            {
                Skip(1);
                _exchange.Return(model);
            }
        }
    }

    /// <summary>False where the device thread was so far ahead that it wrote over the window.</summary>
    private bool TrainChannels(PredictionModel model, int window)
    {
        for (int first = 0; first < _channels.Length; first += _mostAtOnce)
        {
            int count = Math.Min(_mostAtOnce, _channels.Length - first);
            TrainOn(model.Position, window, first, count, model.Order);
            for (int i = 0; i < count; i++)
            {
                Store(i, model.Coefficients(first + i));
            }

            if (model.SecondOrder > 0)
            {
                TrainOn(model.Position, ConcealmentProfiles.SecondWindow, first, count, model.SecondOrder);
                for (int i = 0; i < count; i++)
                {
                    Store(i, model.Second(first + i));
                }
            }

            for (int i = 0; i < count; i++)
            {
                Foresee(model, first + i);
            }
        }

        return SampleHistory.Holds(model.Position, Math.Max(window, Foresight.Samples), _position.Frames);
    }

    private void TrainOn(long position, int window, int first, int count, int order)
    {
        for (int i = 0; i < count; i++)
        {
            _channels[first + i].History.Before(position, window).CopyTo(_windows.AsSpan(i * window));
        }

        _trainer.Train(_windows.AsSpan(0, count * window), window, _models.AsSpan(0, count * order), order);
    }

    private void Store(int trained, Span<float> coefficients)
    {
        _models.AsSpan(trained * coefficients.Length, coefficients.Length).CopyTo(coefficients);
        coefficients.Reverse();
    }

    private void Foresee(PredictionModel model, int channel)
    {
        ReadOnlySpan<float> coefficients = model.Coefficients(channel);
        bool hasModel = coefficients.ContainsAnyExcept(0f);
        model.Forecasts[channel] = _foresights[channel].Step(
            _channels[channel].History, _position, model.Position, hasModel ? coefficients : default, hasModel ? model.Second(channel) : default);
    }

    private static float LeastConfidence(PredictionModel model)
    {
        float least = 1;
        foreach (ref readonly GapForecast forecast in model.Forecasts.AsSpan())
        {
            least = Math.Min(least, forecast.Confidence);
        }

        return least;
    }

    private void Skip(long hops) => Volatile.Write(ref _skipped, _skipped + hops);
}
