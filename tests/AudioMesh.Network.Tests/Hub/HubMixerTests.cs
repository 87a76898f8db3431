// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Hub;

internal sealed class HubMixerTests
{
    private const int Frames = 64;

    private HubMixer _hub = null!;

    [SetUp]
    public void MakeHub() => _hub = new HubMixer(new HubOptions { PeriodFrames = Frames, MaxClients = 8, MaxSendChannels = 12, MaxReceiveChannels = 12 });

    [Test]
    public void Everybody_hears_everybody_but_itself()
    {
        HubSeat[] seats = [_hub.Join("a", 2, 2), _hub.Join("b", 2, 2), _hub.Join("c", 2, 2)];
        Settle(seats);
        MixOnce(seats);
        for (int i = 0; i < 3; i++)
        {
            float others = Enumerable.Range(0, 3).Where(j => j != i).Sum(Value);
            Assert.That(Heard(seats[i], 0), Is.EqualTo(others));
            Assert.That(Heard(seats[i], 1), Is.EqualTo(2 * others));
        }
    }

    [Test]
    public void Gain_mute_solo_and_pan_are_of_one_listener()
    {
        HubSeat[] seats = [_hub.Join("a", 2, 2), _hub.Join("b", 2, 2), _hub.Join("mono", 1, 2)];
        HubSeat listener = seats[0];
        _hub.SetLevel(listener.Id, seats[1].Id, new HubLevel(GainDb: -6.0205999));
        _hub.SetLevel(listener.Id, seats[2].Id, new HubLevel(Pan: -1));
        MixSettled(seats);
        Assert.That(Heard(listener, 0), Is.EqualTo((Value(1) / 2) + Value(2)).Within(1e-5));
        Assert.That(Heard(listener, 1), Is.EqualTo(2 * Value(1) / 2).Within(1e-5));
        Assert.That(Heard(seats[1], 0), Is.EqualTo(Value(0) + (Value(2) * MathF.Sqrt(0.5f))).Within(1e-5));

        _hub.SetLevel(listener.Id, seats[1].Id, new HubLevel(IsSoloed: true));
        MixSettled(seats);
        Assert.That(Heard(listener, 0), Is.EqualTo(Value(1)));
        Assert.That(Heard(seats[1], 0), Is.EqualTo(Value(0) + (Value(2) * MathF.Sqrt(0.5f))).Within(1e-5));

        _hub.SetLevel(listener.Id, seats[1].Id, new HubLevel(IsMuted: true));
        _hub.SetLevel(listener.Id, listener.Id, new HubLevel());
        MixSettled(seats);
        Assert.That(Heard(listener, 0), Is.EqualTo(Value(0) + Value(2)).Within(1e-5));
    }

    [Test]
    public void Clients_of_any_channel_counts_hear_one_another()
    {
        HubSeat[] seats = [_hub.Join("mono", 1, 1), _hub.Join("stereo", 2, 2), _hub.Join("four", 4, 4), _hub.Join("listener", 0, 1), _hub.Join("player", 1, 0)];
        MixSettled(seats);
        float stereo = (Value(1) + (2 * Value(1))) / 2;
        float four = Value(2) * (1 + 2 + 3 + 4) / 4;
        Assert.That(Heard(seats[0], 0), Is.EqualTo(stereo + four + Value(4)).Within(1e-5));
        Assert.That(Heard(seats[3], 0), Is.EqualTo(Value(0) + stereo + four + Value(4)).Within(1e-5));
        Assert.That(Heard(seats[2], 2), Is.Zero, "nobody sends a third channel but itself");
        Assert.That(Heard(seats[1], 1), Is.EqualTo((2 * Value(2)) + ((Value(0) + Value(4)) * MathF.Sqrt(0.5f))).Within(1e-5));
    }

    [Test]
    public void Coming_changing_and_going_is_a_ramp()
    {
        HubSeat listener = _hub.Join("a", 0, 1);
        HubSeat source = _hub.Join("b", 1, 1);
        Assert.That(Steps(listener, source), Is.LessThan(1.01f / 240));
        _hub.SetLevel(listener.Id, source.Id, new HubLevel(GainDb: -20));
        Assert.That(Steps(listener, source), Is.LessThan(1.01f / 240));
        _hub.SetLevel(listener.Id, source.Id, new HubLevel());
        Steps(listener, source);
        _hub.Leave(source.Id);
        Assert.That(Steps(listener, source), Is.LessThan(1.01f / 240));
        Assert.That(Heard(listener, 0), Is.Zero);
    }

    [Test]
    public void A_change_in_the_middle_of_a_ramp_goes_on_from_where_it_is()
    {
        HubSeat listener = _hub.Join("a", 0, 1);
        HubSeat source = _hub.Join("b", 1, 1);
        RepeatableRandom random = new(5);
        float last = 0;
        float largest = 0;
        for (int period = 0; period < 500; period++)
        {
            _hub.SetLevel(listener.Id, source.Id, new HubLevel(GainDb: -60 * (random.NextSample() + 1) / 2, IsMuted: random.Next(3) == 0));
            _hub.Send(source, 0).Fill(1);
            _hub.Mix();
            foreach (float sample in _hub.Receive(listener, 0))
            {
                largest = Math.Max(largest, Math.Abs(sample - last));
                last = sample;
            }
        }

        Assert.That(largest, Is.LessThan(1.01f / 240));
    }

    [Test]
    public void A_seat_is_free_when_its_client_has_faded_out_and_not_before()
    {
        HubMixer hub = new(new HubOptions { PeriodFrames = 16, MaxClients = 2, MaxSendChannels = 4, MaxReceiveChannels = 4 });
        HubSeat first = hub.Join("a", 2, 2);
        hub.Join("b", 2, 2);
        Assert.That(Assert.Throws<AudioMeshException>(() => hub.Join("c", 1, 1))!.Kind, Is.EqualTo(AudioErrorKind.LimitExceeded));
        hub.Leave(first.Id);
        hub.Mix();
        Assert.Throws<AudioMeshException>(() => hub.Join("c", 1, 1));
        for (int i = 0; i < 20; i++)
        {
            hub.Mix();
        }

        HubSeat third = hub.Join("c", 2, 2);
        Assert.That((third.FirstSend, third.FirstReceive), Is.EqualTo((first.FirstSend, first.FirstReceive)));
        Assert.That(third.Id, Is.Not.EqualTo(first.Id));
        Assert.That(Assert.Throws<AudioMeshException>(() => hub.Leave(first.Id))!.Kind, Is.EqualTo(AudioErrorKind.NotFound));
    }

    [Test]
    public void Nobody_hears_what_was_sent_a_period_ago()
    {
        HubSeat[] seats = [_hub.Join("a", 1, 1), _hub.Join("b", 1, 1)];
        MixSettled(seats);
        _hub.Mix();
        Assert.That(Heard(seats[0], 0), Is.Zero);
    }

    [Test]
    public void Mixing_allocates_nothing_while_clients_come_and_go()
    {
        HubSeat listener = _hub.Join("a", 2, 2);
        for (int round = 0; round < 100; round++)
        {
            HubSeat guest = _hub.Join("b", 1 + (round % 2), 2);
            for (int i = 0; i < 6; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                _hub.Send(guest, 0).Fill(0.5f);
                _hub.Mix();
                float heard = _hub.Receive(listener, 0)[^1];
                Assert.That(round < 2 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, $"{heard}");
            }

            _hub.Leave(guest.Id);
            Settle([listener]);
        }
    }

    /// <summary>Control threads change and the mixing thread mixes: nothing jumps, and in the end the last word counts.</summary>
    [Test]
    public void Control_and_mixing_race_without_a_click()
    {
        HubSeat listener = _hub.Join("a", 0, 1);
        HubSeat source = _hub.Join("b", 1, 0);
        float largest = 0;
        bool isOver = false;
        Race.Run(
            failed =>
            {
                RepeatableRandom random = new(6);
                for (int i = 0; i < 3000 && !failed.IsCancellationRequested; i++)
                {
                    _hub.SetLevel(listener.Id, source.Id, new HubLevel(GainDb: -20 * (random.NextSample() + 1)));
                    if (i % 3 == 0)
                    {
                        int guest = 0;
                        try
                        {
                            guest = _hub.Join("guest", 1, 1).Id;
                        }
                        catch (AudioMeshException full) when (full.Kind == AudioErrorKind.LimitExceeded)
                        {
                            continue;
                        }

                        _hub.Leave(guest);
                    }
                }

                _hub.SetLevel(listener.Id, source.Id, new HubLevel(GainDb: -40));
                Volatile.Write(ref isOver, true);
            },
            failed =>
            {
                float last = 0;
                for (int rest = 10; rest > 0 && !failed.IsCancellationRequested; rest -= Volatile.Read(ref isOver) ? 1 : 0)
                {
                    _hub.Send(source, 0).Fill(1);
                    _hub.Mix();
                    foreach (float sample in _hub.Receive(listener, 0))
                    {
                        largest = Math.Max(largest, Math.Abs(sample - last));
                        last = sample;
                    }
                }
            });
        Assert.That(largest, Is.LessThan(1.01f / 240));
        Assert.That(Heard(listener, 0), Is.EqualTo(0.01f).Within(1e-6));
    }

    [TestCase(25, 0)]
    [TestCase(double.NaN, 0)]
    [TestCase(0, 1.1)]
    [TestCase(0, double.NaN)]
    public void A_level_out_of_range_is_refused(double gainDb, double pan)
    {
        HubSeat seat = _hub.Join("a", 1, 1);
        Assert.Throws<AudioMeshException>(() => _hub.SetLevel(seat.Id, seat.Id, new HubLevel(gainDb, pan)));
        Assert.That(_hub.GetLevel(seat.Id, seat.Id), Is.EqualTo(new HubLevel(IsMuted: true)));
    }

    private static float Value(int client) => 1 + (10 * client);

    private float Heard(in HubSeat seat, int channel) => _hub.Receive(seat, channel)[^1];

    private void MixSettled(HubSeat[] seats)
    {
        Settle(seats);
        MixOnce(seats);
    }

    private void MixOnce(HubSeat[] seats)
    {
        for (int i = 0; i < seats.Length; i++)
        {
            for (int channel = 0; channel < seats[i].SendChannels; channel++)
            {
                _hub.Send(seats[i], channel).Fill(Value(i) * (channel + 1));
            }
        }

        _hub.Mix();
    }

    private void Settle(HubSeat[] seats)
    {
        for (int i = 0; i < 8; i++)
        {
            MixOnce(seats);
        }
    }

    /// <summary>Mixes a source of ones for 8 periods and gives the largest step that was heard.</summary>
    private float Steps(in HubSeat listener, in HubSeat source)
    {
        float last = Heard(listener, 0);
        float largest = 0;
        for (int period = 0; period < 8; period++)
        {
            _hub.Send(source, 0).Fill(1);
            _hub.Mix();
            foreach (float sample in _hub.Receive(listener, 0))
            {
                largest = Math.Max(largest, Math.Abs(sample - last));
                last = sample;
            }
        }

        return largest;
    }
}
