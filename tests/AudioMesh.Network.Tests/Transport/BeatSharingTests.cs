// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>The mesh's tempo as other programs of a JACK server see it.</summary>
internal sealed class BeatSharingTests : JackAgentFixture
{
    /// <summary>Four bars of 3/4 with beats of 32,000 frames, then 4/8 with beats of 48,000.</summary>
    private static readonly TempoMap Tempo = new([new TempoSegment(0, 90, 3, 4), new TempoSegment(4, 60, 4, 8)]);

    [Test]
    public void Other_programs_see_bar_beat_and_meter_of_every_frame_standing_and_rolling()
    {
        StartAgent(BeatSharing.Offer, Tempo);
        foreach (long frame in (long[])[96_001, 383_999, 384_000, 480_013])
        {
            Carry(TransportAction.Locate, frame);
            Await(() => Reader.Read().At is { Tempo: > 0 } at && at.Frame == frame, "it is there");
            Check(Reader.Read().At);
        }

        Carry(TransportAction.LocateStart, 380_000);
        for (int look = 0; look < 100; look++)
        {
            Check(Reader.Read().At);
            Thread.Sleep(2);
        }

        Carry(TransportAction.Stop);
        Agent.SetTempo(TempoMap.Default);
        Await(() => Reader.Read().At.Tempo == 120, "another tempo is seen while the transport stands");
    }

    [Test]
    public void Another_program_that_gives_beats_keeps_doing_so_unless_it_is_asked_to_be_taken_over()
    {
        using JackTransport other = new(Server.Name, "other");
        other.Run(new Bystander());
        other.ShareBeats(new Bystander(), BeatSharing.Take);
        Await(() => other.SharesBeats && Reader.Read().At.Tempo == Bystander.Tempo, "another one gives beats");
        StartAgent();
        Thread.Sleep(100);
        Assert.That((Agent.GetStatus().SharesBeats, Reader.Read().At.Tempo), Is.EqualTo((false, Bystander.Tempo)));

        other.ShareBeats(new Bystander(), BeatSharing.Off);
        Await(() => Agent.GetStatus().SharesBeats && Reader.Read().At.Tempo == 120, "it steps in when the place is free");
        other.ShareBeats(new Bystander(), BeatSharing.Take);
        Await(() => !Agent.GetStatus().SharesBeats && Reader.Read().At.Tempo == Bystander.Tempo, "it lets another one take over");

        EndAgent();
        StartAgent(BeatSharing.Take, Tempo);
        Await(() => Agent.GetStatus().SharesBeats && !other.SharesBeats && Reader.Read().At.Tempo == 90, "it takes over where it is asked to");
        other.ShareBeats(new Bystander(), BeatSharing.Off);
        EndAgent();
        Await(() => Reader.Read().At.Tempo == 0, "nobody gives beats any more when it is gone");
    }

    private static void Check(JackReader.Position at)
    {
        bool isFirst = at.Frame < 384_000;
        double beats = isFirst ? at.Frame / 32_000.0 : (at.Frame - 384_000) / 48_000.0;
        (int bar, int beat) = ((int)Math.Floor(beats / (isFirst ? 3 : 4)), (int)Math.Floor(beats) % (isFirst ? 3 : 4));
        Assert.That(at.Tempo, Is.EqualTo(isFirst ? 90 : 60));
        Assert.That(at.Meter, Is.EqualTo(isFirst ? (3f, 4f) : (4f, 8f)));
        Assert.That(at.Place, Is.EqualTo((bar + (isFirst ? 1 : 5), beat + 1)), $"frame {at.Frame}");
        Assert.That(at.BarStartBeats, Is.EqualTo(isFirst ? 3 * bar : 12 + (4 * bar)));
        Assert.That(at.BeatsInBar, Is.EqualTo(beats - (bar * (isFirst ? 3 : 4))).Within(0.6 / 32_000), "to the frame");
    }

    private sealed class Bystander : IPeriodTransportHandler, IBeatSource
    {
        public const double Tempo = 99;

        public void Cycle(in TransportCycle cycle)
        {
        }

        public bool IsReady() => true;

        public BeatPosition BeatAt(long frame) => new(6, 1, 0.5, 24, 4, 4, Tempo);
    }
}
