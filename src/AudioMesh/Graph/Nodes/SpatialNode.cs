// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Places sound around a listener with headphones: each channel is convolved with what a head that is a sphere, with pinnae, makes of its direction
/// (<see cref="HeadModel"/>). Two channels are two sources, to the left and right of the direction.
/// </summary>
public sealed class SpatialNode : GraphNode
{
    /// <summary>From one place to another, where no time is asked for: 20 ms at 48 kHz.</summary>
    private const int MoveFrames = 960;

    private const double Nearest = 0.25;
    private const double Radians = Math.PI / 180;

    private readonly AngleParameter _azimuth;
    private readonly RampedParameter _elevation;
    private readonly RampedParameter _distance;
    private readonly RampedParameter _spread;
    private readonly SilentTail _tail = new();
    private readonly BinauralSource[] _sources;
    private EarFilter? _filter;
    private (double Azimuth, double Elevation, double Distance, double Spread) _place;
    private int _rate;
    private int _untilStep;

    private SpatialNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), 2)
    {
        _azimuth = new AngleParameter(arguments.Number("azimuth"), MoveFrames);
        _elevation = new RampedParameter(arguments.Number("elevation"), usualFrames: MoveFrames);
        _distance = new RampedParameter(arguments.Number("distance"), usualFrames: MoveFrames);
        _spread = new RampedParameter(arguments.Number("spread"), usualFrames: MoveFrames);
        _sources = new BinauralSource[InputChannels];
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "spatial",
        "Places sound around a listener with headphones; two channels come out.",
        [
            new("azimuth", ParameterKind.Number, "Direction: 0 in front, 90 to the right, -90 to the left, 180 behind.") { Default = 0, Min = -180, Max = 180, Unit = "deg", IsLive = true },
            new("elevation", ParameterKind.Number, "Height: 90 above, -90 below.") { Default = 0, Min = -90, Max = 90, Unit = "deg", IsLive = true },
            new("distance", ParameterKind.Number, "How far away: half as loud at twice the distance, as it is at 1.") { Default = 1, Min = Nearest, Max = 1000, Unit = "m", IsLive = true },
            new("spread", ParameterKind.Number, "Angle between the two channels of a stereo signal.") { Default = 60, Min = 0, Max = 180, Unit = "deg", IsLive = true },
            new("channels", ParameterKind.Integer, "Channels that go in.") { Default = 1, Min = 1, Max = 2 },
        ],
        arguments => new SpatialNode(arguments));

    /// <inheritdoc/>
    public override int LatencyFrames => _filter?.LatencyFrames ?? 0;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        if (format.Rate != _rate)
        {
            _rate = format.Rate;
            EarFilter filter = new(_rate);
            _filter = filter;
            for (int i = 0; i < _sources.Length; i++)
            {
                _sources[i] = new BinauralSource(filter);
            }
        }

        _untilStep = 0;
        _place = (_azimuth.Value, _elevation.Value, _distance.Value, _spread.Value);
        for (int i = 0; i < _sources.Length; i++)
        {
            _sources[i].Put(AzimuthOf(i), _place.Elevation * Radians, 1 / _place.Distance);
        }
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        output.Channel(0).Clear();
        output.Channel(1).Clear();
        for (int done = 0; done < output.Frames;)
        {
            if (_untilStep == 0)
            {
                Step();
            }

            int frames = Math.Min(_untilStep, output.Frames - done);
            for (int i = 0; i < _sources.Length; i++)
            {
                _sources[i].Add(input.Channel(i).Slice(done, frames), output.Channel(0).Slice(done, frames), output.Channel(1).Slice(done, frames));
            }

            done += frames;
            _untilStep -= frames;
        }

        return _tail.After(input.Flags, output.Frames, _filter?.Taps ?? 0);
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter switch
    {
        "azimuth" => _azimuth,
        "elevation" => _elevation,
        "distance" => _distance,
        "spread" => _spread,
        _ => null,
    };

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter == "channels" ? InputChannels : base.Get(parameter);

    [RealtimeSafe]
    private void Step()
    {
        _untilStep = BinauralSource.FadeFrames;
        (double, double, double, double) before = _place;
        _place = (
            _azimuth.Advance(_untilStep),
            _elevation.Advance(_untilStep, out _),
            _distance.Advance(_untilStep, out _),
            _spread.Advance(_untilStep, out _));
        for (int i = 0; i < _sources.Length && _place != before; i++)
        {
            _sources[i].Move(AzimuthOf(i), _place.Elevation * Radians, 1 / _place.Distance);
        }
    }

    private double AzimuthOf(int channel) => (_place.Azimuth + (_sources.Length == 1 ? 0 : (channel - 0.5) * _place.Spread)) * Radians;
}
