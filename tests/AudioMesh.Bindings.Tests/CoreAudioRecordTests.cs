// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using AudioMesh.Bindings.Verify;

namespace AudioMesh.Bindings.Tests;

public sealed class CoreAudioRecordTests
{
    [Test]
    public void Every_constant_size_offset_and_function_agrees_with_the_record()
    {
        AllowList allowList = Repository.Require("coreaudio");
        AbiRecord.Load(allowList, Repository.Tree.BindingsDirectory).Check(Repository.Tree.BindingsDirectory);
        CompilerCheck.Run(allowList, Repository.Tree.BindingsDirectory);
    }

    [TestCase("((UInt32)'nsrt')", "((UInt32)'nsru')", "kAudioDevicePropertyNominalSampleRate")]
    [TestCase("\"subdevices\"", "\"subdevice\"", "kAudioAggregateDeviceSubDeviceListKey")]
    [TestCase("((UInt32)4)\n\ntypedef int kern", "((UInt32)5)\n\ntypedef int kern", "THREAD_TIME_CONSTRAINT_POLICY_COUNT")]
    [TestCase("UInt64 mHostTime;\n    Float64 mRateScalar;", "UInt32 mHostTime;\n    Float64 mRateScalar;", "size of AudioTimeStamp.mHostTime")]
    [TestCase("UInt32 mReserved;\n} AudioTimeStamp", "UInt64 mReserved;\n} AudioTimeStamp", "size of AudioTimeStamp")]
    [TestCase("UInt32 mNumberChannels;\n    UInt32 mDataByteSize;", "UInt32 mDataByteSize;\n    UInt32 mNumberChannels;", "fields of AudioBuffer")]
    [TestCase("OSStatus AudioDeviceStop(AudioObjectID", "OSStatus AudioDeviceStop(UInt64", "type of AudioDeviceStop")]
    public void A_difference_from_the_record_is_named(string text, string changed, string named)
    {
        using Scratch scratch = new();
        AllowList allowList = Copy(scratch, header => header.Replace(text, changed, StringComparison.Ordinal), notRecorded => { });
        Assert.That(Verify(allowList, scratch).Message, Does.Contain(named));
    }

    [Test]
    public void What_the_record_lacks_must_be_listed_as_such()
    {
        using Scratch scratch = new();
        AllowList allowList = Copy(scratch, header => header, notRecorded => notRecorded.Remove(
            notRecorded.Single(name => name!.GetValue<string>() == "kCFNumberSInt32Type")));
        Assert.That(Verify(allowList, scratch).Message, Does.Contain("kCFNumberSInt32Type").And.Contains("notRecorded"));
    }

    [Test]
    public void What_the_record_has_must_not_be_listed_as_lacking()
    {
        using Scratch scratch = new();
        AllowList allowList = Copy(scratch, header => header, notRecorded => notRecorded.Add("SMPTETime"));
        Assert.That(Verify(allowList, scratch).Message, Does.Contain("SMPTETime").And.Contains("notRecorded"));
    }

    private static AllowList Copy(Scratch scratch, Func<string, string> editHeader, Action<JsonArray> editNotRecorded)
    {
        Repository.Require("coreaudio");
        string from = Repository.Tree.BindingsDirectory;
        Directory.CreateDirectory(Path.Combine(scratch.Directory, "headers"));
        Directory.CreateDirectory(Path.Combine(scratch.Directory, "abi"));
        File.Copy(Path.Combine(from, "abi", "coreaudio-abi.json"), Path.Combine(scratch.Directory, "abi", "coreaudio-abi.json"));
        string header = File.ReadAllText(Path.Combine(from, "headers", "coreaudio_subset.h"));
        File.WriteAllText(Path.Combine(scratch.Directory, "headers", "coreaudio_subset.h"), editHeader(header));
        JsonNode list = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "coreaudio.json")))!;
        editNotRecorded(list["notRecorded"]!.AsArray());
        return scratch.Load(list.ToJsonString());
    }

    private static BindingsException Verify(AllowList allowList, Scratch scratch) => Assert.Throws<BindingsException>(() =>
    {
        AbiRecord.Load(allowList, scratch.Directory).Check(scratch.Directory);
        CompilerCheck.Run(allowList, scratch.Directory);
    })!;
}
