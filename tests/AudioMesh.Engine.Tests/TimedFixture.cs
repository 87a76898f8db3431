// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Control;
using AudioMesh.Graph;

namespace AudioMesh.Engine.Tests;

/// <summary>An engine on a device whose frames leave it at exact times, and short words for setting parameters at them.</summary>
internal abstract class TimedFixture : EngineFixture
{
    protected const int Rate = 48000;

    private MeshTime _epoch;

    protected static float[] Ones(int frames) => GraphTests.Fill(frames, 1);

    protected int Play(string type, params (string Name, ParameterValue Value)[] arguments)
    {
        Open(inputChannels: 1, outputChannels: type == "pan" ? 2 : 1);
        int node = Add(type, [("channels", 1), .. arguments]);
        Chain(Add("device_source", ("channels", 1)), node, Add("device_sink", ("channels", type == "pan" ? 2 : 1)));
        Begin();
        return node;
    }

    protected void Begin()
    {
        Engine.Start();

        // Ahead of the clock, as what is rendered is of what is heard.
        _epoch = MeshClock.Now.Add(10_000_000_000);
        Device.Epoch = _epoch;
    }

    protected MeshTime TimeOf(int frame) => _epoch.Add(new FrameCount(frame).ToNanoseconds(Rate));

    protected float[] Pull(int frames) => Device.Pull(frames, Device.Stream!.InputChannels > 0 ? [Ones(frames)] : null)[0];

    protected double Read(int node, string parameter) => Engine.FindNode(node).Get(parameter)!.Value.Number;

    protected void SetAt(int node, string parameter, double value, int frame, double rampMs) => Set(node, parameter, value, new SetTiming(rampMs, TimeOf(frame)));

    protected void Set(int node, string parameter, ParameterValue value, SetTiming timing) =>
        Engine.SetParameters(node, new Dictionary<string, ParameterValue> { [parameter] = value }, timing);

    protected string Ask(string request)
    {
        using ControlSession session = new(Engine);
        ArrayBufferWriter<byte> reply = new();
        session.Handle(Encoding.UTF8.GetBytes(request), reply);
        return Encoding.UTF8.GetString(reply.WrittenSpan);
    }
}
