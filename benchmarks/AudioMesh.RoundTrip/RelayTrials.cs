// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Latency;

namespace AudioMesh.RoundTrip;

/// <summary>A recording one way through the same lossy link, by TOAST and by JackTrip, one after the other: the nth packet of it meets the same fate whoever sends it.</summary>
internal static class RelayTrials
{
    private const int JackTripPort = 34_664;
    private const double SettleSeconds = 4;
    private const double TailSeconds = 1;
    private const double MostSecondsBefore = 30;

    /// <summary>Through the link that <paramref name="words"/> say, as <c>loss[,burst]</c> in percent, or through the usual ones.</summary>
    public static void Run(string? words, double seconds, string? recording, string? jsonPath, Outcome outcome)
    {
        float[] sound = Recording.Load(recording, seconds);
        LossyLink[] links = words is null ? LossyLink.Usual : [LossyLink.Parse(words)];
        List<RelayFigures> all = [];
        Console.WriteLine($"{seconds} s of recordings one way between two JACK servers of {Recorded.Rate} Hz and {Servers.PeriodFrames} frames, through a seeded relay; nothing is sent twice.");
        Console.WriteLine();
        Console.WriteLine(RelayFigures.Head);
        using DummyJack near = new(Servers.PeriodFrames, suffix: "-near");
        using DummyJack far = new(Servers.PeriodFrames, suffix: "-far");
        foreach (LossyLink link in links)
        {
            foreach (double depthMs in (double[])[4 * Servers.PeriodMs, 200])
            {
                Measure(() => new ToastWay(near.Name, far.Name, depthMs, link), link, isOurs: true);
            }

            foreach (int queue in JackTripPair.Queues)
            {
                Measure(() => new JackTripWay(near.Name, far.Name, queue, JackTripPort, link), link, isOurs: false);
            }
        }

        if (jsonPath is not null)
        {
            File.WriteAllText(jsonPath, JsonSerializer.Serialize([.. all], Shapes.Default.RelayFiguresArray));
        }

        void Measure(Func<IWay> make, LossyLink link, bool isOurs) => outcome.Count(isOurs, () =>
        {
            using IWay way = make();
            RelayFigures? figures = Play(way, link, near.Name, far.Name, sound);
            if (figures is not null)
            {
                all.Add(figures);
                Console.WriteLine(figures.Row);
            }

            return figures is not null;
        });
    }

    private static RelayFigures? Play(IWay way, LossyLink link, string near, string far, float[] sound)
    {
        using SoundClient player = new(near, sound, 0);
        player.PlayInto(way.Input);
        using FarEar ear = new(far, way.Output, sound.Length + (int)(MostSecondsBefore * Recorded.Rate));
        Thread.Sleep(TimeSpan.FromSeconds(SettleSeconds));
        long? before = way.PredictedFrames;
        Canaries canaries = new();
        way.Watch.Begin();
        player.Arm();
        Thread.Sleep(TimeSpan.FromSeconds((sound.Length / (double)Recorded.Rate) + TailSeconds));
        way.Watch.End();
        canaries.Stop();
        long? predicted = way.PredictedFrames - before;
        Recorded heard = ear.Recorded;
        return heard.Frames.Any(sample => sample != 0) ? RelayFigures.Of(link, way, sound, player.Recorded, heard, canaries, predicted) : null;
    }
}
