/* SPDX-License-Identifier: MIT
 *
 * What AudioMesh calls of CoreAudio, CoreFoundation and Mach, stated anew: names, numbers and layouts agree with
 * abi/coreaudio-abi.json, and `verify` holds the two together. Not for compiling programs.
 */
#ifndef AUDIOMESH_COREAUDIO_SUBSET_H
#define AUDIOMESH_COREAUDIO_SUBSET_H

typedef unsigned char Boolean;
typedef short SInt16;
typedef int SInt32;
typedef unsigned int UInt32;
typedef unsigned long long UInt64;
typedef double Float64;
typedef SInt32 OSStatus;
typedef UInt32 AudioObjectID;

/* The audio system, its scopes and elements. */
#define kAudioObjectUnknown ((UInt32)0)
#define kAudioObjectSystemObject ((UInt32)1)
#define kAudioObjectPropertyScopeGlobal ((UInt32)'glob')
#define kAudioObjectPropertyScopeInput ((UInt32)'inpt')
#define kAudioObjectPropertyScopeOutput ((UInt32)'outp')
#define kAudioObjectPropertyElementMain ((UInt32)0)
#define kAudioObjectPropertyClass ((UInt32)'clas')
#define kAudioObjectPropertyName ((UInt32)'lnam')
#define kAudioObjectPropertyManufacturer ((UInt32)'lmak')
#define kAudioObjectPropertyModelName ((UInt32)'lmod')
#define kAudioObjectPropertyElementName ((UInt32)'lchn')

/* Properties of the system object. */
#define kAudioHardwarePropertyDevices ((UInt32)'dev#')
#define kAudioHardwarePropertyDefaultInputDevice ((UInt32)'dIn ')
#define kAudioHardwarePropertyDefaultOutputDevice ((UInt32)'dOut')
#define kAudioHardwarePropertyDefaultSystemOutputDevice ((UInt32)'sOut')
#define kAudioHardwarePropertyTranslateUIDToDevice ((UInt32)'uidd')
#define kAudioHardwarePropertyRunLoop ((UInt32)'rnlp')
#define kAudioHardwarePropertyServiceRestarted ((UInt32)'srst')
#define kAudioHardwarePropertyPowerHint ((UInt32)'powh')

/* Properties of devices. */
#define kAudioDevicePropertyDeviceUID ((UInt32)'uid ')
#define kAudioDevicePropertyModelUID ((UInt32)'muid')
#define kAudioDevicePropertyTransportType ((UInt32)'tran')
#define kAudioDevicePropertyClockDomain ((UInt32)'clkd')
#define kAudioDevicePropertyDeviceIsAlive ((UInt32)'livn')
#define kAudioDevicePropertyDeviceIsRunning ((UInt32)'goin')
#define kAudioDevicePropertyDeviceIsRunningSomewhere ((UInt32)'gone')
#define kAudioDevicePropertyDeviceHasChanged ((UInt32)'diff')
#define kAudioDevicePropertyDeviceCanBeDefaultDevice ((UInt32)'dflt')
#define kAudioDevicePropertyIsHidden ((UInt32)'hidn')
#define kAudioDevicePropertyLatency ((UInt32)'ltnc')
#define kAudioDevicePropertySafetyOffset ((UInt32)'saft')
#define kAudioDevicePropertyStreams ((UInt32)'stm#')
#define kAudioDevicePropertyStreamConfiguration ((UInt32)'slay')
#define kAudioDevicePropertyPreferredChannelsForStereo ((UInt32)'dch2')
#define kAudioDevicePropertyBufferFrameSize ((UInt32)'fsiz')
#define kAudioDevicePropertyBufferFrameSizeRange ((UInt32)'fsz#')
#define kAudioDevicePropertyUsesVariableBufferFrameSizes ((UInt32)'vfsz')
#define kAudioDevicePropertyNominalSampleRate ((UInt32)'nsrt')
#define kAudioDevicePropertyActualSampleRate ((UInt32)'asrt')
#define kAudioDevicePropertyAvailableNominalSampleRates ((UInt32)'nsr#')
#define kAudioDevicePropertyZeroTimeStampPeriod ((UInt32)'ring')
#define kAudioDevicePropertyHogMode ((UInt32)'oink')
#define kAudioDevicePropertyIOCycleUsage ((UInt32)'ncyc')
#define kAudioDevicePropertyIOProcStreamUsage ((UInt32)'suse')
#define kAudioDevicePropertyIOThreadOSWorkgroup ((UInt32)'oswg')
#define kAudioDeviceProcessorOverload ((UInt32)'over')
#define kAudioDevicePropertyIOStoppedAbnormally ((UInt32)'stpd')
#define kAudioDevicePropertyJackIsConnected ((UInt32)'jack')

/* Properties of streams. */
#define kAudioStreamPropertyIsActive ((UInt32)'sact')
#define kAudioStreamPropertyDirection ((UInt32)'sdir')
#define kAudioStreamPropertyTerminalType ((UInt32)'term')
#define kAudioStreamPropertyStartingChannel ((UInt32)'schn')
#define kAudioStreamPropertyLatency ((UInt32)'ltnc')
#define kAudioStreamPropertyVirtualFormat ((UInt32)'sfmt')
#define kAudioStreamPropertyAvailableVirtualFormats ((UInt32)'sfma')
#define kAudioStreamPropertyPhysicalFormat ((UInt32)'pft ')
#define kAudioStreamPropertyAvailablePhysicalFormats ((UInt32)'pfta')

/* How a device is attached. */
#define kAudioDeviceTransportTypeUnknown ((UInt32)0)
#define kAudioDeviceTransportTypeBuiltIn ((UInt32)'bltn')
#define kAudioDeviceTransportTypeAggregate ((UInt32)'grup')
#define kAudioDeviceTransportTypeVirtual ((UInt32)'virt')
#define kAudioDeviceTransportTypePCI ((UInt32)'pci ')
#define kAudioDeviceTransportTypeUSB ((UInt32)'usb ')
#define kAudioDeviceTransportTypeFireWire ((UInt32)'1394')
#define kAudioDeviceTransportTypeBluetooth ((UInt32)'blue')
#define kAudioDeviceTransportTypeBluetoothLE ((UInt32)'blea')
#define kAudioDeviceTransportTypeHDMI ((UInt32)'hdmi')
#define kAudioDeviceTransportTypeDisplayPort ((UInt32)'dprt')
#define kAudioDeviceTransportTypeAirPlay ((UInt32)'airp')
#define kAudioDeviceTransportTypeAVB ((UInt32)'eavb')
#define kAudioDeviceTransportTypeThunderbolt ((UInt32)'thun')
#define kAudioDeviceTransportTypeAutoAggregate ((UInt32)'fgrp')

/* Classes of objects. */
#define kAudioObjectClassID ((UInt32)'aobj')
#define kAudioDeviceClassID ((UInt32)'adev')
#define kAudioStreamClassID ((UInt32)'astr')
#define kAudioAggregateDeviceClassID ((UInt32)'aagg')
#define kAudioSystemObjectClassID ((UInt32)'asys')

/* Sample formats. */
#define kAudioFormatLinearPCM ((UInt32)'lpcm')
#define kAudioFormatFlagIsFloat ((UInt32)1)
#define kAudioFormatFlagIsBigEndian ((UInt32)2)
#define kAudioFormatFlagIsSignedInteger ((UInt32)4)
#define kAudioFormatFlagIsPacked ((UInt32)8)
#define kAudioFormatFlagIsAlignedHigh ((UInt32)0x10)
#define kAudioFormatFlagIsNonInterleaved ((UInt32)0x20)
#define kAudioFormatFlagIsNonMixable ((UInt32)0x40)
#define kAudioFormatFlagsNativeFloatPacked ((UInt32)9)

/* What a time stamp tells. */
#define kAudioTimeStampNothingValid ((UInt32)0)
#define kAudioTimeStampSampleTimeValid ((UInt32)1)
#define kAudioTimeStampHostTimeValid ((UInt32)2)
#define kAudioTimeStampRateScalarValid ((UInt32)4)
#define kAudioTimeStampWordClockTimeValid ((UInt32)8)
#define kAudioTimeStampSMPTETimeValid ((UInt32)0x10)
#define kAudioTimeStampSampleHostTimeValid ((UInt32)3)

/* Errors. */
#define kAudioHardwareNoError ((OSStatus)0)
#define kAudioHardwareNotRunningError ((OSStatus)'stop')
#define kAudioHardwareUnspecifiedError ((OSStatus)'what')
#define kAudioHardwareUnknownPropertyError ((OSStatus)'who?')
#define kAudioHardwareBadPropertySizeError ((OSStatus)'!siz')
#define kAudioHardwareIllegalOperationError ((OSStatus)'nope')
#define kAudioHardwareBadObjectError ((OSStatus)'!obj')
#define kAudioHardwareBadDeviceError ((OSStatus)'!dev')
#define kAudioHardwareBadStreamError ((OSStatus)'!str')
#define kAudioHardwareUnsupportedOperationError ((OSStatus)'unop')
#define kAudioHardwareNotReadyError ((OSStatus)'nrdy')
#define kAudioDeviceUnsupportedFormatError ((OSStatus)'!dat')
#define kAudioDevicePermissionsError ((OSStatus)'!hog')

/* Hints about power. */
#define kAudioHardwarePowerHintNone ((UInt32)0)
#define kAudioHardwarePowerHintFavorSavingPower ((UInt32)1)

/* Keys of the dictionary that describes an aggregate device. */
#define kAudioAggregateDeviceUIDKey "uid"
#define kAudioAggregateDeviceNameKey "name"
#define kAudioAggregateDeviceSubDeviceListKey "subdevices"
#define kAudioAggregateDeviceMainSubDeviceKey "master"
#define kAudioAggregateDeviceClockDeviceKey "clock"
#define kAudioAggregateDeviceIsPrivateKey "private"
#define kAudioAggregateDeviceIsStackedKey "stacked"
#define kAudioSubDeviceUIDKey "uid"
#define kAudioSubDeviceDriftCompensationKey "drift"
#define kAudioSubDeviceDriftCompensationQualityKey "drift quality"
#define kAudioSubDeviceExtraInputLatencyKey "latency-in"
#define kAudioSubDeviceExtraOutputLatencyKey "latency-out"

typedef struct SMPTETime {
    SInt16 mSubframes;
    SInt16 mSubframeDivisor;
    UInt32 mCounter;
    UInt32 mType;
    UInt32 mFlags;
    SInt16 mHours;
    SInt16 mMinutes;
    SInt16 mSeconds;
    SInt16 mFrames;
} SMPTETime;

typedef struct AudioTimeStamp {
    Float64 mSampleTime;
    UInt64 mHostTime;
    Float64 mRateScalar;
    UInt64 mWordClockTime;
    SMPTETime mSMPTETime;
    UInt32 mFlags;
    UInt32 mReserved;
} AudioTimeStamp;

typedef struct AudioBuffer {
    UInt32 mNumberChannels;
    UInt32 mDataByteSize;
    void *mData;
} AudioBuffer;

/* mNumberBuffers buffers follow one another, from mBuffers on. */
typedef struct AudioBufferList {
    UInt32 mNumberBuffers;
    AudioBuffer mBuffers[1];
} AudioBufferList;

typedef struct AudioStreamBasicDescription {
    Float64 mSampleRate;
    UInt32 mFormatID;
    UInt32 mFormatFlags;
    UInt32 mBytesPerPacket;
    UInt32 mFramesPerPacket;
    UInt32 mBytesPerFrame;
    UInt32 mChannelsPerFrame;
    UInt32 mBitsPerChannel;
    UInt32 mReserved;
} AudioStreamBasicDescription;

typedef struct AudioValueRange {
    Float64 mMinimum;
    Float64 mMaximum;
} AudioValueRange;

typedef struct AudioStreamRangedDescription {
    AudioStreamBasicDescription mFormat;
    AudioValueRange mSampleRateRange;
} AudioStreamRangedDescription;

typedef struct AudioObjectPropertyAddress {
    UInt32 mSelector;
    UInt32 mScope;
    UInt32 mElement;
} AudioObjectPropertyAddress;

/* mNumberStreams flags follow one another, from mStreamIsOn on. */
typedef struct AudioHardwareIOProcStreamUsage {
    void *mIOProc;
    UInt32 mNumberStreams;
    UInt32 mStreamIsOn[1];
} AudioHardwareIOProcStreamUsage;

/* CoreAudio */

typedef OSStatus (*AudioObjectPropertyListenerProc)(
    AudioObjectID inObjectID, UInt32 inNumberAddresses, const AudioObjectPropertyAddress *inAddresses, void *inClientData);

typedef OSStatus (*AudioDeviceIOProc)(
    AudioObjectID inDevice, const AudioTimeStamp *inNow, const AudioBufferList *inInputData, const AudioTimeStamp *inInputTime,
    AudioBufferList *outOutputData, const AudioTimeStamp *inOutputTime, void *inClientData);

typedef AudioDeviceIOProc AudioDeviceIOProcID;

struct __CFDictionary;

Boolean AudioObjectHasProperty(AudioObjectID inObjectID, const AudioObjectPropertyAddress *inAddress);
OSStatus AudioObjectIsPropertySettable(AudioObjectID inObjectID, const AudioObjectPropertyAddress *inAddress, Boolean *outIsSettable);
OSStatus AudioObjectGetPropertyDataSize(
    AudioObjectID inObjectID, const AudioObjectPropertyAddress *inAddress, UInt32 inQualifierDataSize, const void *inQualifierData,
    UInt32 *outDataSize);
OSStatus AudioObjectGetPropertyData(
    AudioObjectID inObjectID, const AudioObjectPropertyAddress *inAddress, UInt32 inQualifierDataSize, const void *inQualifierData,
    UInt32 *ioDataSize, void *outData);
OSStatus AudioObjectSetPropertyData(
    AudioObjectID inObjectID, const AudioObjectPropertyAddress *inAddress, UInt32 inQualifierDataSize, const void *inQualifierData,
    UInt32 inDataSize, const void *inData);
OSStatus AudioObjectAddPropertyListener(
    AudioObjectID inObjectID, const AudioObjectPropertyAddress *inAddress, AudioObjectPropertyListenerProc inListener, void *inClientData);
OSStatus AudioObjectRemovePropertyListener(
    AudioObjectID inObjectID, const AudioObjectPropertyAddress *inAddress, AudioObjectPropertyListenerProc inListener, void *inClientData);

OSStatus AudioDeviceCreateIOProcID(
    AudioObjectID inDevice, AudioDeviceIOProc inProc, void *inClientData, AudioDeviceIOProcID *outIOProcID);
OSStatus AudioDeviceDestroyIOProcID(AudioObjectID inDevice, AudioDeviceIOProcID inIOProcID);
OSStatus AudioDeviceStart(AudioObjectID inDevice, AudioDeviceIOProcID inProcID);
OSStatus AudioDeviceStartAtTime(
    AudioObjectID inDevice, AudioDeviceIOProcID inProcID, AudioTimeStamp *ioRequestedStartTime, UInt32 inFlags);
OSStatus AudioDeviceStop(AudioObjectID inDevice, AudioDeviceIOProcID inProcID);
OSStatus AudioDeviceGetCurrentTime(AudioObjectID inDevice, AudioTimeStamp *outTime);
OSStatus AudioDeviceTranslateTime(AudioObjectID inDevice, const AudioTimeStamp *inTime, AudioTimeStamp *outTime);

OSStatus AudioHardwareCreateAggregateDevice(const struct __CFDictionary *inDescription, AudioObjectID *outDeviceID);
OSStatus AudioHardwareDestroyAggregateDevice(AudioObjectID inDeviceID);

UInt64 AudioGetCurrentHostTime(void);
Float64 AudioGetHostClockFrequency(void);
UInt64 AudioConvertHostTimeToNanos(UInt64 inHostTime);
UInt64 AudioConvertNanosToHostTime(UInt64 inNanos);

/* CoreFoundation */

typedef long CFIndex;
typedef const struct __CFAllocator *CFAllocatorRef;
typedef const struct __CFString *CFStringRef;
typedef const struct __CFNumber *CFNumberRef;
typedef const struct __CFBoolean *CFBooleanRef;
typedef struct __CFArray *CFMutableArrayRef;
typedef struct __CFDictionary *CFMutableDictionaryRef;
typedef struct CFArrayCallBacks CFArrayCallBacks;
typedef struct CFDictionaryKeyCallBacks CFDictionaryKeyCallBacks;
typedef struct CFDictionaryValueCallBacks CFDictionaryValueCallBacks;

#define kCFStringEncodingUTF8 ((UInt32)0x08000100)
#define kCFNumberSInt32Type ((CFIndex)3)

void CFRelease(const void *object);
CFStringRef CFStringCreateWithCString(CFAllocatorRef allocator, const char *text, UInt32 encoding);
Boolean CFStringGetCString(CFStringRef string, char *buffer, CFIndex bufferSize, UInt32 encoding);
CFIndex CFStringGetLength(CFStringRef string);
CFIndex CFStringGetMaximumSizeForEncoding(CFIndex length, UInt32 encoding);
CFNumberRef CFNumberCreate(CFAllocatorRef allocator, CFIndex type, const void *value);
CFMutableArrayRef CFArrayCreateMutable(CFAllocatorRef allocator, CFIndex capacity, const CFArrayCallBacks *callBacks);
void CFArrayAppendValue(CFMutableArrayRef array, const void *value);
CFMutableDictionaryRef CFDictionaryCreateMutable(
    CFAllocatorRef allocator, CFIndex capacity, const CFDictionaryKeyCallBacks *keys, const CFDictionaryValueCallBacks *values);
void CFDictionarySetValue(CFMutableDictionaryRef dictionary, const void *key, const void *value);

extern const CFArrayCallBacks kCFTypeArrayCallBacks;
extern const CFDictionaryKeyCallBacks kCFTypeDictionaryKeyCallBacks;
extern const CFDictionaryValueCallBacks kCFTypeDictionaryValueCallBacks;
extern const CFBooleanRef kCFBooleanTrue;

/* Mach */

typedef struct mach_timebase_info {
    UInt32 numer;
    UInt32 denom;
} mach_timebase_info_data_t;

/* Times in ticks of mach_absolute_time; preemptible is a boolean. */
typedef struct thread_time_constraint_policy {
    UInt32 period;
    UInt32 computation;
    UInt32 constraint;
    SInt32 preemptible;
} thread_time_constraint_policy_data_t;

#define THREAD_TIME_CONSTRAINT_POLICY ((UInt32)2)
#define THREAD_TIME_CONSTRAINT_POLICY_COUNT ((UInt32)4)

typedef int kern_return_t;

UInt64 mach_absolute_time(void);
kern_return_t mach_timebase_info(struct mach_timebase_info *info);
kern_return_t mach_wait_until(UInt64 deadline);
struct _opaque_pthread_t *pthread_self(void);
UInt32 pthread_mach_thread_np(struct _opaque_pthread_t *thread);
kern_return_t thread_policy_set(UInt32 thread, UInt32 flavor, int *policy, UInt32 count);

#endif
