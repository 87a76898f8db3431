// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Network.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Network.Tests.Wire;

public sealed class MessageBodyTests
{
    [Test]
    public void Announcements_are_read_as_they_were_written() =>
        Prop.ForAll(Made.Announces.ToArbitrary(), announce =>
        {
            byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
            int bytes = announce.Write(body);
            Assert.That(AnnounceBody.TryRead(body.AsSpan(0, bytes), out AnnounceBody? read));
            Assert.That((read!.Name, read.Capabilities), Is.EqualTo((announce.Name, announce.Capabilities)));
            Assert.That(read.Offers, Is.EqualTo(announce.Offers));
            Assert.That(read.Wishes, Is.EqualTo(announce.Wishes));
            for (int length = 0; length < bytes; length++)
            {
                Assert.That(AnnounceBody.TryRead(body.AsSpan(0, length), out _), Is.False, $"{length} of {bytes} bytes");
            }

            Assert.That(AnnounceBody.TryRead(body.AsSpan(0, bytes + 1), out _), Is.False, "more behind it");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Test]
    public void An_announcement_that_does_not_fit_is_refused()
    {
        StreamOffer offer = new(1, new string('x', 63), 48_000, 2, 2, 64, SampleEncoding.Int24, Redundancy.None);
        AnnounceBody crowd = new("crowd", Capabilities.Hub, [.. Enumerable.Repeat(offer, 17)], []);
        Assert.That(() => crowd.Write(new byte[4000]), Refused(AudioErrorKind.LimitExceeded));
        Assert.That(() => (crowd with { Offers = [.. Enumerable.Repeat(offer, 16)] }).Write(new byte[500]), Refused(AudioErrorKind.LimitExceeded));
        Assert.That(() => (crowd with { Offers = [], Name = new string('x', 64) }).Write(new byte[500]), Refused(AudioErrorKind.InvalidArgument));
        Assert.That(() => (crowd with { Offers = [offer with { Channels = 65 }] }).Write(new byte[500]), Refused(AudioErrorKind.InvalidArgument));
        Assert.That(() => (crowd with { Offers = [offer with { Redundancy = Redundancy.Parity(1) }] }).Write(new byte[500]), Refused(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void A_name_that_is_no_text_is_refused()
    {
        byte[] body = new byte[100];
        int bytes = new AnnounceBody("abc", Capabilities.None, [], []).Write(body);
        body[6] = 0xC0;
        Assert.That(AnnounceBody.TryRead(body.AsSpan(0, bytes), out _), Is.False);
    }

    [Test]
    public void A_wish_is_read_as_it_was_written()
    {
        StreamWish wish = new(0x0102_0304_0506_0708, 9);
        byte[] body = new byte[13];
        Assert.That(SubscribeBody.Write(body, wish), Is.EqualTo(12));
        Assert.That(SubscribeBody.TryRead(body.AsSpan(0, 12), out StreamWish read));
        Assert.That(read, Is.EqualTo(wish));
        Assert.That(SubscribeBody.TryRead(body.AsSpan(0, 11), out _), Is.False);
        Assert.That(SubscribeBody.TryRead(body, out _), Is.False);
    }

    [TestCase("{}")]
    [TestCase("""{"op":"mute","source":"a\u00e9","list":[1,2,{"x":null}]}""")]
    public void Control_messages_are_read_as_they_were_written(string json)
    {
        byte[] body = new byte[200];
        int bytes = ControlBody.Write(body, 77, Encoding.UTF8.GetBytes(json));
        Assert.That(ControlBody.TryRead(body.AsSpan(0, bytes), out ulong receiver, out ReadOnlySpan<byte> read));
        Assert.That((receiver, Encoding.UTF8.GetString(read)), Is.EqualTo((77UL, json)));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("1")]
    [TestCase("{")]
    [TestCase("{}{}")]
    [TestCase("{\"a\":NaN}")]
    [TestCase("{\"a\":\"\\ud800\"}")]
    [TestCase("{\"a\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}")]
    public void What_is_no_object_is_no_control_message(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.That(ControlBody.TryRead([0, 0, 0, 0, 0, 0, 0, 0, .. bytes], out _, out _), Is.False);
        Assert.That(() => ControlBody.Write(new byte[200], 0, bytes), Refused(AudioErrorKind.Protocol));
    }

    [Test]
    public void Text_that_is_not_utf8_is_no_control_message() =>
        Assert.That(ControlBody.TryRead([0, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\":\""u8, 0xFF, .. "\"}"u8], out _, out _), Is.False);

    [Test]
    public void A_control_message_that_does_not_fit_is_refused() =>
        Assert.That(() => ControlBody.Write(new byte[12], 0, "{\"a\":1}"u8), Refused(AudioErrorKind.LimitExceeded));

    private static NUnit.Framework.Constraints.IResolveConstraint Refused(AudioErrorKind kind) =>
        Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(kind);
}
