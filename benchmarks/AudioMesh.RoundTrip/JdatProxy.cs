// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Jdat;

namespace AudioMesh.RoundTrip;

/// <summary>What `audiomesh jdat` does, once for each way: lines to a JACK port, and a JACK port to lines. Two clients, so that JACK has no loop to break with a period.</summary>
internal sealed class JdatProxy : IDisposable
{
    private readonly AudioEngine _playing = Make();
    private readonly AudioEngine _hearing = Make();
    private readonly GraphNode _source;
    private readonly GraphNode _sink;

    public JdatProxy(string server, string inPath, string outPath, int depthFrames)
    {
        StreamInfo played = Open(_playing, server, "audiomesh-lines-in", outputs: 1);
        StreamInfo heard = Open(_hearing, server, "audiomesh-lines-out", outputs: 0);
        _source = _playing.CreateNode("jdat_source", new Dictionary<string, ParameterValue>
        {
            ["from"] = $"unix:{inPath}", ["channels"] = 1, ["rate"] = Recorded.Rate, ["depth"] = depthFrames, ["drift"] = "auto",
        });
        _sink = _hearing.CreateNode("jdat_sink", new Dictionary<string, ParameterValue>
        {
            ["to"] = $"unix:{outPath}", ["channels"] = 1, ["rate"] = Recorded.Rate, ["block"] = JdatLines.LineFrames,
        });
        _playing.Connect(_source.Id, _playing.CreateNode("device_sink", One()).Id);
        _hearing.Connect(_hearing.CreateNode("device_source", One()).Id, _sink.Id);
        _playing.Start();
        _hearing.Start();
        (Output, Input) = (played.Ports[0], heard.Ports[0]);
    }

    /// <summary>The port where lines come out as sound.</summary>
    public string Output { get; }

    /// <summary>The port whose sound becomes lines.</summary>
    public string Input { get; }

    /// <summary>How often lines did not come in time for the device.</summary>
    public long Underruns => (long)(_source.Get("underruns")?.Number ?? 0);

    /// <summary>Frames of lines that wait for the device now.</summary>
    public int WaitingFrames => (int)(_source.Get("fill")?.Number ?? 0);

    /// <summary>Whether somebody writes and somebody reads.</summary>
    public bool IsConnected => _source.Get("clients")?.Number > 0 && _sink.Get("clients")?.Number > 0;

    public void Dispose()
    {
        _playing.Dispose();
        _hearing.Dispose();
    }

    private static AudioEngine Make() => new(new AudioEngineOptions { Nodes = NodeCatalogue.CreateDefault().Add(JdatSourceNode.NodeType).Add(JdatSinkNode.NodeType) });

    private static StreamInfo Open(AudioEngine engine, string server, string name, int outputs) => engine.OpenDevice(
        "jack", new StreamRequest { Device = server, ClientName = name, OutputChannels = outputs, InputChannels = 1 - outputs, AutoConnect = false });

    private static Dictionary<string, ParameterValue> One() => new() { ["channels"] = 1 };
}
