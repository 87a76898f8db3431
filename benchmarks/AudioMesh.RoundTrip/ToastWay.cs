// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AudioMesh.Graph;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Wire;

namespace AudioMesh.RoundTrip;

/// <summary>TOAST one way, from an engine on one server to an engine on the other.</summary>
internal sealed class ToastWay : IWay
{
    /// <summary>The word by which this program is the far side.</summary>
    public const string FarWord = "far-toast-end";

    private readonly string _keyFile = Path.GetTempFileName();
    private readonly FarProcess _far;
    private readonly UdpRelay _relay;
    private readonly ToastSide _near;

    /// <summary>Packets wait for <paramref name="depthMs"/> at most.</summary>
    public ToastWay(string nearServer, string farServer, double depthMs, LossyLink link)
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"AudioMesh, depth up to {depthMs:0.###} ms");
        File.WriteAllBytes(_keyFile, RandomNumberGenerator.GetBytes(SessionKey.Bytes));
        _far = new FarProcess(FarWord, farServer, _keyFile, depthMs.ToString(CultureInfo.InvariantCulture));
        string[] said = _far.Said.Split(' ');
        _relay = link.Before(IPEndPoint.Parse(said[0]), Watch);
        _near = new ToastSide("near", nearServer, _keyFile, $"{_relay.Listen}");
        _near.Connect(_near.Add("device_source"), _near.Send("there"));
        _near.Engine.Start();
        (Input, Output) = (_near.Device.Ports[1], said[1]);
    }

    public string Name { get; }

    public string Input { get; }

    public string Output { get; }

    public SoundWatch Watch { get; } = new(isToast: true);

    /// <summary>The far side: what comes is played.</summary>
    public static void RunFar(string server, string keyFile, double depthMs)
    {
        using ToastSide far = new("far", server, keyFile, "");
        GraphNode source = far.Hear("near", "there", depthMs);
        far.Connect(source, far.Add("device_sink"));
        far.Engine.Start();
        FarProcess.Stay($"{far.Address} {far.Device.Ports[0]}", () => string.Create(CultureInfo.InvariantCulture, $"{source.Get("predicted_frames")?.Number ?? 0}"));
    }

    public long? PredictedFrames => long.Parse(_far.Ask(), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
        _relay.Dispose();
        File.Delete(_keyFile);
    }
}
