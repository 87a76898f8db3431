// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Latency.Canary;
using AudioMesh.Network.Wire;

namespace AudioMesh.Latency.Drift;

/// <summary>A receiver in this process, a sender in another whose device's clock is off, and the age of what is heard.</summary>
internal sealed class DriftRun(double ppm, double minutes)
{
    /// <summary>The word by which this program is the sender.</summary>
    public const string SenderWord = "drift-sender";

    private const string Receiver = "receiver";
    private const string Sender = "sender";
    private const string Stream = "tone";
    private const double DepthMs = 10;

    public DriftReport Run()
    {
        string keyFile = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(keyFile, RandomNumberGenerator.GetBytes(SessionKey.Bytes));
            TimeTone tone = new();
            using DriftSide side = new(Receiver, 0, tone, keyFile, "");
            GraphNode source = side.Hear(Sender, Stream, DepthMs);
            using Process sender = OwnProcess.Start([SenderWord, ppm.ToString(CultureInfo.InvariantCulture), keyFile, side.Address]);
            sender.StandardOutput.ReadLine();
            long begin = MeshClock.Now.Nanoseconds;
            using CanaryProcess canaries = new();
            List<DriftLook> looks = Watch(source, begin);
            Stall[] stalls = canaries.Stop().Stalls;
            sender.StandardInput.Close();
            sender.WaitForExit();
            return DriftReport.Of(ppm, begin, tone.Windows, looks, stalls);
        }
        finally
        {
            File.Delete(keyFile);
        }
    }

    /// <summary>In the sender's process, until its input ends.</summary>
    public static void Send(double ppm, string keyFile, string contact)
    {
        using DriftSide side = new(Sender, ppm, new TimeTone(), keyFile, contact);
        side.Send(Stream);
        Console.WriteLine("sends");
        Console.In.ReadToEnd();
    }

    private List<DriftLook> Watch(GraphNode source, long begin)
    {
        List<DriftLook> looks = [];
        for (long at = begin; at - begin < minutes * 60e9; at = MeshClock.Now.Nanoseconds)
        {
            looks.Add(DriftLook.At(at, source));
            Thread.Sleep(1000);
        }

        return looks;
    }
}
