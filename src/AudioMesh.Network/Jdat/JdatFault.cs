// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>A line that was refused, and why. Makes no text until it is asked for one.</summary>
/// <param name="Error">Why.</param>
/// <param name="Member">The member it is about, as <c>audio_data.samples</c>; empty for the line.</param>
/// <param name="Line">Which line of its source, from 1; 0 where nobody counts.</param>
/// <param name="Column">Bytes before the place in the line, where it is one place.</param>
public readonly record struct JdatFault(JdatError Error, string Member, long Line, int Column)
{
    /// <summary>In words: <c>line 3: 'audio_data.samples' is no whole number of frames</c>.</summary>
    public override string ToString()
    {
        string where = Line > 0 ? $"line {Line}: " : "";
        string what = string.IsNullOrEmpty(Member) ? "it" : $"'{Member}'";
        return where + Error switch
        {
            JdatError.None => "nothing is wrong",
            JdatError.LineTooLong => "the line is too long",
            JdatError.NotJson => $"not a JSON object in UTF-8, at byte {Column}",
            JdatError.TooDeep => $"nested too deeply, at byte {Column}",
            JdatError.UnknownType => "'type' is none of jdat, transport_command, sync_calibration_block",
            JdatError.UnknownVersion => "'version' is not jamnet/1.0",
            JdatError.MissingMember => $"{what} is missing",
            JdatError.DuplicateMember => $"{what} is there twice",
            JdatError.WrongKind => $"{what} is of the wrong kind, at byte {Column}",
            JdatError.OutOfRange => $"{what} is out of range",
            JdatError.NotFinite => $"{what} has a number that is not finite, at byte {Column}",
            JdatError.WrongCount => $"{what} is no whole number of frames",
            JdatError.TooManySamples => $"{what} has too many numbers",
            JdatError.WrongFormat => $"{what} is not what is wanted here",
            _ => Error.ToString(),
        };
    }

    /// <summary>As an error to throw.</summary>
    public AudioMeshException ToException() => new(AudioErrorKind.Protocol, $"JDAT {this}.") { Field = Member };
}
