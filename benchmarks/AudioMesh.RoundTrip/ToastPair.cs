// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using AudioMesh.Network.Wire;

namespace AudioMesh.RoundTrip;

/// <summary>TOAST between an engine on each server.</summary>
internal sealed class ToastPair : IPair
{
    /// <summary>The word by which this program is the far side.</summary>
    public const string FarWord = "far-toast";

    private readonly string _keyFile = Path.GetTempFileName();
    private readonly FarProcess _far;
    private readonly ToastSide _near;

    /// <summary>Packets wait for <paramref name="depthMs"/> at most at either end.</summary>
    public ToastPair(string nearServer, string farServer, double depthMs)
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"AudioMesh, depth up to {depthMs:0.###} ms");
        File.WriteAllBytes(_keyFile, RandomNumberGenerator.GetBytes(SessionKey.Bytes));
        _far = new FarProcess(FarWord, farServer, _keyFile, depthMs.ToString(CultureInfo.InvariantCulture));
        _near = new ToastSide("near", nearServer, _keyFile, _far.Said);
        _near.Connect(_near.Add("device_source"), _near.Send("there"));
        _near.Connect(_near.Hear("far", "back", depthMs), _near.Add("device_sink"));
        _near.Engine.Start();
        (Output, Input) = (_near.Device.Ports[0], _near.Device.Ports[1]);
    }

    public string Name { get; }

    public string Input { get; }

    public string Output { get; }

    /// <summary>The far side: what comes goes back.</summary>
    public static void RunFar(string server, string keyFile, double depthMs)
    {
        using ToastSide far = new("far", server, keyFile, "");
        far.Connect(far.Hear("near", "there", depthMs), far.Send("back"));
        far.Engine.Start();
        FarProcess.Stay(far.Address);
    }

    public void Dispose()
    {
        _near.Dispose();
        _far.Dispose();
        File.Delete(_keyFile);
    }
}
