// SPDX-License-Identifier: MIT
using AudioMesh.Plugins;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Hosts a LADSPA plug-in. A plug-in takes one value of a control a run, so while one is on its way the block is run in short pieces; whole numbers and
/// switches change in whole steps, at once if no time is asked for. What the plug-in makes that is no number is silence.
/// </summary>
internal sealed unsafe class LadspaNode : GraphNode
{
    private const int PieceFrames = 16;
    private const int MostLatencyFrames = 384_000;

    private readonly LadspaPlugin _plugin;
    private readonly string _id;
    private readonly int _copies;
    private readonly RampedParameter[] _ramps;
    private readonly bool[] _isStepped;
    private readonly nuint _controlBytes;
    private readonly float* _controls;
    private readonly int _latencyReading;
    private readonly float[] _readings;
    private LadspaInstance[] _instances = [];
    private int _rate;
    private int _latencyFrames;
    private long _badSamples;

    /// <summary>A node of <paramref name="type"/>, which is that of <paramref name="plugin"/>. Throws FormatUnsupported where that has too many channels.</summary>
    public LadspaNode(NodeType type, LadspaPlugin plugin, NodeArguments arguments)
        : base(type, Channels(plugin.AudioInputs.Count, plugin, arguments), Channels(plugin.AudioOutputs.Count, plugin, arguments))
    {
        _plugin = plugin;
        _id = arguments.Text("plugin");
        _copies = plugin.IsMono ? Math.Max(InputChannels, OutputChannels) : 1;
        _latencyReading = plugin.LatencyReading;
        _readings = new float[plugin.Readings.Count];
        _ramps = new RampedParameter[plugin.Controls.Count];
        _isStepped = new bool[_ramps.Length];
        for (int i = 0; i < _ramps.Length; i++)
        {
            LadspaControl control = plugin.Controls[i];
            _isStepped[i] = control.IsStepped;
            _ramps[i] = Parameter(i, arguments[control.Name]!.Value.Number);
        }

        _controlBytes = (nuint)Math.Max(1, _ramps.Length) * sizeof(float);
        _controls = (float*)RealtimeMemory.Allocate(_controlBytes);
    }

    /// <inheritdoc/>
    public override int LatencyFrames => Volatile.Read(ref _latencyFrames);

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        if (format.Rate == _rate)
        {
            return;
        }

        Release();
        _rate = format.Rate;
        for (int i = 0; i < _ramps.Length; i++)
        {
            _ramps[i] = Parameter(i, _ramps[i].Value);
        }

        Move(0);
        Rehearse(format);
        LadspaInstance[] instances = new LadspaInstance[_copies];
        _instances = instances;
        for (int i = 0; i < _copies; i++)
        {
            instances[i] = new LadspaInstance(_plugin, format.Rate, GraphFormat.MaxBlockFrames, _controls);
        }
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int done = 0; done < context.Frames;)
        {
            int frames = Math.Min(IsMoving() ? PieceFrames : GraphFormat.MaxBlockFrames, context.Frames - done);
            Move(frames);
            RunPiece(input, output, done, frames);
            done += frames;
        }

        KeepReadings(_instances[0]);

        // Silence may go in, and a tail or a tone come out.
        return input.Flags & ~FrameFlags.Silence;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => IndexOf(_plugin.Controls, parameter) is >= 0 and int control ? _ramps[control] : null;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "plugin" => _id,
        "channels" => _plugin.IsMono ? _copies : null,
        "latency" => LatencyFrames,
        "bad_samples" => Volatile.Read(ref _badSamples),
        _ => IndexOf(_plugin.Controls, parameter) is >= 0 and int control ? _ramps[control].Value : Reading(parameter),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Release();
        RealtimeMemory.Free(_controls, _controlBytes);
        base.Dispose(disposing);
    }

    // Of channels with a plug-in each, the first one's.
    private ParameterValue? Reading(string parameter) =>
        IndexOf(_plugin.Readings, parameter) is >= 0 and int reading && Volatile.Read(ref _readings[reading]) is var value && float.IsFinite(value)
            ? (double)value
            : null;

    // Who asks does so at any time, and may outlive the plug-in's memory.
    [RealtimeSafe]
    private void KeepReadings(LadspaInstance instance)
    {
        for (int i = 0; i < _readings.Length; i++)
        {
            Volatile.Write(ref _readings[i], instance.Reading(i));
        }

        if (_latencyReading >= 0)
        {
            float frames = _readings[_latencyReading];
            Volatile.Write(ref _latencyFrames, frames > 0 ? (int)Math.Min(frames, MostLatencyFrames) : 0);
        }
    }

    private RampedParameter Parameter(int index, double value) => new(
        value, wanted => _rate == 0 ? wanted : _plugin.Controls[index].Held(wanted, _rate), _isStepped[index] ? 0 : RampedValue.RampFrames);

    [RealtimeSafe]
    private bool IsMoving()
    {
        foreach (RampedParameter ramp in _ramps)
        {
            if (ramp.FramesLeft > 0)
            {
                return true;
            }
        }

        return false;
    }

    [RealtimeSafe]
    private void Move(int frames)
    {
        for (int i = 0; i < _ramps.Length; i++)
        {
            double value = _ramps[i].Advance(frames, out _);
            _controls[i] = (float)(_isStepped[i] ? Math.Round(value) : value);
        }
    }

    [RealtimeSafe]
    private void RunPiece(in BlockView input, in BlockView output, int offset, int frames)
    {
        int inputs = InputChannels / _copies;
        int outputs = OutputChannels / _copies;
        for (int copy = 0; copy < _copies; copy++)
        {
            LadspaInstance instance = _instances[copy];
            for (int i = 0; i < inputs; i++)
            {
                input.Channel((copy * inputs) + i).Slice(offset, frames).CopyTo(instance.Input(i));
            }

            instance.Run(frames);
            for (int i = 0; i < outputs; i++)
            {
                int bad = FiniteSamples.Copy(instance.Output(i), output.Channel((copy * outputs) + i).Slice(offset, frames));
                Volatile.Write(ref _badSamples, _badSamples + bad);
            }
        }
    }

    /// <summary>A plug-in says how much it delays only when it runs: one runs over silence once, and is thrown away.</summary>
    private void Rehearse(GraphFormat format)
    {
        if (_latencyReading >= 0)
        {
            using LadspaInstance rehearsal = new(_plugin, format.Rate, GraphFormat.MaxBlockFrames, _controls);
            rehearsal.Run(Math.Min(format.PeriodFrames, GraphFormat.MaxBlockFrames));
            KeepReadings(rehearsal);
        }
    }

    private void Release()
    {
        _rate = 0;
        foreach (LadspaInstance? instance in _instances)
        {
            instance?.Dispose();
        }

        _instances = [];
    }

    private static int IndexOf(IReadOnlyList<LadspaControl> controls, string name)
    {
        for (int i = 0; i < controls.Count; i++)
        {
            if (controls[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Channels(int ports, LadspaPlugin plugin, NodeArguments arguments)
    {
        int channels = ports * (plugin.IsMono ? arguments.Integer("channels") : 1);
        return channels <= ChannelCounts.Max ? channels : throw new AudioMeshException(
            AudioErrorKind.FormatUnsupported, $"{plugin.Name} has more than {ChannelCounts.Max} channels.") { Field = "args.plugin" };
    }
}
