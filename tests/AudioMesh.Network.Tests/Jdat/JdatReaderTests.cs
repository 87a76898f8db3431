// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Network.Jdat;

namespace AudioMesh.Network.Tests.Jdat;

internal sealed class JdatReaderTests
{
    private const string Head = """{"type":"jdat","version":"jamnet/1.0","timestamp_gpu":5,"session_id":"s" """;
    private static readonly string Good = Head + ""","audio_data":{"sample_rate":48000,"channels":2,"samples":[0.5,-0.25,1e-3,0],"pnbtr_processed":true,"prediction_confidence":0.75}}""";

    private readonly JdatReader _reader = new(new JdatLimits { MaxLineBytes = 4096, MaxSamples = 64 });

    [Test]
    public void A_line_of_samples_is_read()
    {
        Assert.That(Read(Good), Is.EqualTo(JdatError.None));
        Assert.That(_reader.Audio, Is.EqualTo(new JdatAudio(new MeshTime(5), "s", 48000, 2, true, 0.75f)));
        Assert.That(_reader.Samples.ToArray(), Is.EqualTo(new[] { 0.5f, -0.25f, 1e-3f, 0 }));
    }

    [Test]
    public void Order_space_unknown_members_and_escapes_do_not_matter()
    {
        const string Other = """
             { "later" : [ { "a" : [ null , true ] } , -1.5e+10 , "\u00e4\n" ] , "audio_data" : { "samples" : [ 1 , 2 ] , "x":{}, "channels" : 1 , "sample_rate" : 8000 } ,
               "sess\u0069on_id" : "\u266b b" , "timestamp_gpu" : null , "version" : "jamnet/1.0" , "type" : "jdat" }
            """;
        Assert.That(Read(Other.Replace('\n', ' ')), Is.EqualTo(JdatError.None));
        Assert.That(_reader.Audio, Is.EqualTo(new JdatAudio(MeshTime.Unknown, "\u266b b", 8000, 1)));
        Assert.That(_reader.Samples.ToArray(), Is.EqualTo(new[] { 1f, 2f }));
    }

    [TestCase("play", JdatTransportCommand.Play, 0)]
    [TestCase("stop", JdatTransportCommand.Stop, 0)]
    [TestCase("locate", JdatTransportCommand.Locate, 96000)]
    public void A_command_is_read(string word, JdatTransportCommand command, long position)
    {
        JdatMessageKind kind = _reader.Read(
            Encoding.UTF8.GetBytes($$"""{"type":"transport_command","version":"jamnet/1.0","timestamp_gpu":7,"session_id":"s","command":"{{word}}","position":96000}"""), out _);
        Assert.That(kind, Is.EqualTo(JdatMessageKind.Transport));
        Assert.That(_reader.Transport, Is.EqualTo(new JdatTransport(new MeshTime(7), "s", command, position)));
    }

    [TestCase("", JdatError.NotJson)]
    [TestCase("[]", JdatError.NotJson)]
    [TestCase("{", JdatError.NotJson)]
    [TestCase("{}", JdatError.MissingMember)]
    [TestCase("null", JdatError.NotJson)]
    [TestCase("""{"type":"jdat",}""", JdatError.NotJson)]
    [TestCase("""{"type":"other","version":"jamnet/1.0","timestamp_gpu":5,"session_id":"s"}""", JdatError.UnknownType)]
    [TestCase("""{"type":"jdat","version":"jamnet/2.0","timestamp_gpu":5,"session_id":"s"}""", JdatError.UnknownVersion)]
    [TestCase("""{"type":"transport_command","version":"jamnet/1.0","timestamp_gpu":5,"session_id":"s","command":"explode"}""", JdatError.OutOfRange)]
    [TestCase("""{"type":"transport_command","version":"jamnet/1.0","timestamp_gpu":5,"session_id":"s","command":"locate"}""", JdatError.MissingMember)]
    [TestCase("""{"type":"transport_command","version":"jamnet/1.0","timestamp_gpu":5,"session_id":"s","command":"locate","position":-1}""", JdatError.OutOfRange)]
    public void A_line_that_is_none_is_refused(string line, JdatError error) => Assert.That(Read(line), Is.EqualTo(error));

    [TestCase(":5,", ":9223372036854775807,", JdatError.OutOfRange)]
    [TestCase(":5,", ":92233720368547758070,", JdatError.OutOfRange)]
    [TestCase(":5,", ":5.5,", JdatError.WrongKind)]
    [TestCase(":5,", ":\"5\",", JdatError.WrongKind)]
    [TestCase(":5,", ":05,", JdatError.NotJson)]
    [TestCase("\"s\"", "5", JdatError.WrongKind)]
    [TestCase("\"s\"", "\"\\n\"", JdatError.OutOfRange)]
    [TestCase("\"s\"", "\"\\ud800\"", JdatError.OutOfRange)]
    [TestCase("\"s\"", "\"\\x\"", JdatError.NotJson)]
    [TestCase("\"channels\":2", "\"channels\":3", JdatError.WrongCount)]
    [TestCase("\"channels\":2", "\"channels\":0", JdatError.OutOfRange)]
    [TestCase("\"channels\":2", "\"channels\":65", JdatError.OutOfRange)]
    [TestCase("\"channels\":2", "\"channels\":-2", JdatError.OutOfRange)]
    [TestCase("\"channels\":2", "\"channels\":2e0", JdatError.WrongKind)]
    [TestCase("\"channels\":2", "\"channels\":2,\"channels\":2", JdatError.DuplicateMember)]
    [TestCase("\"channels\":2,", "", JdatError.MissingMember)]
    [TestCase("48000", "7999", JdatError.OutOfRange)]
    [TestCase("48000", "99999999999999999999", JdatError.OutOfRange)]
    [TestCase("[0.5,-0.25,1e-3,0]", "[]", JdatError.WrongCount)]
    [TestCase("[0.5,-0.25,1e-3,0]", "{}", JdatError.WrongKind)]
    [TestCase("[0.5,-0.25,1e-3,0]", "0.5", JdatError.WrongKind)]
    [TestCase("0.5", "NaN", JdatError.NotFinite)]
    [TestCase("0.5", "Infinity", JdatError.NotFinite)]
    [TestCase("0.5", "-Infinity", JdatError.NotFinite)]
    [TestCase("0.5", "1e400", JdatError.NotFinite)]
    [TestCase("0.5", "-1e39", JdatError.NotFinite)]
    [TestCase("0.5", "1e99999999999999999999", JdatError.NotFinite)]
    [TestCase("0.5", "3.4028236e38", JdatError.NotFinite)]
    [TestCase("0.5", "null", JdatError.WrongKind)]
    [TestCase("0.5", "\"0.5\"", JdatError.WrongKind)]
    [TestCase("0.5", "[0.5]", JdatError.WrongKind)]
    [TestCase("0.5", "+0.5", JdatError.NotJson)]
    [TestCase("0.5", ".5", JdatError.NotJson)]
    [TestCase("0.5", "5.", JdatError.NotJson)]
    [TestCase("0.5", "00.5", JdatError.NotJson)]
    [TestCase("0.5", "0.5e", JdatError.NotJson)]
    [TestCase("0.5", "0x10", JdatError.NotJson)]
    [TestCase("0.5", "", JdatError.NotJson)]
    [TestCase("true", "1", JdatError.WrongKind)]
    [TestCase("true", "tru", JdatError.WrongKind)]
    [TestCase("0.75", "1.5", JdatError.OutOfRange)]
    [TestCase("0.75", "-0.1", JdatError.OutOfRange)]
    [TestCase("}}", "}} x", JdatError.NotJson)]
    [TestCase("}}", "}}{}", JdatError.NotJson)]
    public void What_makes_no_sense_is_refused_and_the_next_line_goes_on(string part, string instead, JdatError error)
    {
        Assert.That(Good, Does.Contain(part));
        Assert.That(Read(Good.Replace(part, instead)), Is.EqualTo(error));
        Assert.That(_reader.Samples.Length, Is.Zero);
        Assert.That(Read(Good), Is.EqualTo(JdatError.None));
    }

    [Test]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] line = Encoding.UTF8.GetBytes(Good);
        line[line.AsSpan().IndexOf("\"s\""u8) + 1] = 0xff;
        Assert.That(_reader.Read(line, out JdatFault fault), Is.EqualTo(JdatMessageKind.Fault));
        Assert.That(fault.Error, Is.EqualTo(JdatError.NotJson));
    }

    [TestCase("[")]
    [TestCase("{\"a\":")]
    public void A_line_that_is_nested_without_end_is_refused(string opening)
    {
        string deep = string.Concat(Enumerable.Repeat(opening, 500));
        Assert.That(Read($$"""{"x":{{deep}}"""), Is.EqualTo(JdatError.TooDeep));
        Assert.That(Read(Good.Replace("\"channels\"", $"\"x\":{deep}")), Is.EqualTo(JdatError.TooDeep));
    }

    [Test]
    public void More_samples_or_bytes_than_allowed_are_refused()
    {
        string Many(int count) => Good.Replace("[0.5,-0.25,1e-3,0]", $"[{string.Join(',', Enumerable.Repeat("0", count))}]");
        Assert.That(Read(Many(64)), Is.EqualTo(JdatError.None));
        Assert.That(Read(Many(66)), Is.EqualTo(JdatError.TooManySamples));
        Assert.That(Read(Good.PadRight(4096)), Is.EqualTo(JdatError.None));
        Assert.That(Read(Good.PadRight(4097)), Is.EqualTo(JdatError.LineTooLong));
        Assert.That(Read(Good.Replace("\"s\"", $"\"{new string('s', 128)}\"")), Is.EqualTo(JdatError.None));
        Assert.That(Read(Good.Replace("\"s\"", $"\"{new string('s', 129)}\"")), Is.EqualTo(JdatError.OutOfRange));
    }

    [Test]
    public void A_fault_names_its_line_and_member()
    {
        _reader.Read(Encoding.UTF8.GetBytes(Good.Replace("0.5", "1e400")), out JdatFault fault, 12);
        Assert.That(fault.ToString(), Does.StartWith("line 12: 'audio_data.samples' has a number that is not finite"));
        AudioMeshException error = fault.ToException();
        Assert.That((error.Kind, error.Field), Is.EqualTo((AudioErrorKind.Protocol, "audio_data.samples")));
    }

    private JdatError Read(string line)
    {
        JdatMessageKind kind = _reader.Read(Encoding.UTF8.GetBytes(line), out JdatFault fault);
        Assert.That(kind == JdatMessageKind.Fault, Is.EqualTo(fault.Error != JdatError.None));
        return fault.Error;
    }
}
