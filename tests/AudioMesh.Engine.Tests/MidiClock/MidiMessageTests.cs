// SPDX-License-Identifier: MIT
using AudioMesh.Midi;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Engine.Tests.MidiClock;

internal sealed class MidiMessageTests
{
    [Test]
    public void Bytes_are_a_message_or_refused_and_a_message_is_the_same_bytes_again() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            byte[] written = new byte[MidiEvent.MaxLength];
            return !MidiEvent.TryRead(7, bytes, out MidiEvent midiEvent)
                || (midiEvent.Frame == 7 && written.AsSpan(0, midiEvent.Write(written)).SequenceEqual(bytes));
        }).QuickCheckThrowOnFailure();

    [TestCase(new byte[] { 0x90, 60, 100 }, true)]
    [TestCase(new byte[] { 0xC0, 5 }, true)]
    [TestCase(new byte[] { 0xF8 }, true)]
    [TestCase(new byte[] { 0xF2, 0x34, 0x12 }, true)]
    [TestCase(new byte[] { }, false)]
    [TestCase(new byte[] { 0x90, 60 }, false)]
    [TestCase(new byte[] { 0x90, 60, 0x80 }, false)]
    [TestCase(new byte[] { 60, 100 }, false)]
    [TestCase(new byte[] { 0xF0, 1, 2 }, false)]
    [TestCase(new byte[] { 0xF0, 1, 2, 0xF7 }, false)]
    [TestCase(new byte[] { 0xF8, 0 }, false)]
    [TestCase(new byte[] { 0xF9 }, true)]
    public void Whole_short_messages_are_read_and_nothing_else(byte[] bytes, bool isOne) =>
        Assert.That(MidiEvent.TryRead(0, bytes, out _), Is.EqualTo(isOne));

    [Test]
    public void Every_song_position_is_read_as_it_was_written()
    {
        byte[] bytes = new byte[MidiEvent.MaxLength];
        for (int position = 0; position <= MidiEvent.MaxSongPosition; position++)
        {
            int length = MidiEvent.SongPosition(0, position).Write(bytes);
            Assert.That(MidiEvent.TryRead(0, bytes.AsSpan(0, length), out MidiEvent read) && read.Sixteenths == position, Is.True);
        }
    }

    [Test]
    public void A_buffer_keeps_the_order_of_frames_and_of_arrival_within_one_and_counts_what_it_has_no_room_for()
    {
        MidiBuffer buffer = new();
        for (int i = 0; i < MidiBuffer.Capacity + 3; i++)
        {
            Assert.That(buffer.TryAdd(new MidiEvent((i * 7) % 13, 0x90, (byte)(i & 0x7F), (byte)(i >> 7))), Is.EqualTo(i < MidiBuffer.Capacity));
        }

        (int Frame, int Number)[] kept = [.. buffer.Events.ToArray().Select(e => (e.Frame, e.Data1 | (e.Data2 << 7)))];
        Assert.That(kept, Is.EqualTo(kept.OrderBy(e => e.Frame).ThenBy(e => e.Number)));
        Assert.That(buffer.Lost, Is.EqualTo(3));
        buffer.Clear();
        Assert.That(buffer.Events.Length, Is.Zero);
    }
}
