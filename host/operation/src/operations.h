// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/call.h"
#include "operation/context.h"
#include "wire/answers.h"

/// One function a message, one file a function or a family of alike ones. The dispatch table has checked the right.
namespace sealferry::operation {

Result<wire::HelloAnswer> hello(Context&, const wire::Hello&, const Call&);
Result<wire::StatusAnswer> status(Context&, const wire::Status&, const Call&);
Result<wire::TrustAnswer> trustSite(Context&, const wire::TrustSite&, const Call&);
Result<wire::Done> subscribe(Context&, const wire::Subscribe&, const Call&);
Result<wire::KeyList> listKeys(Context&, const wire::ListKeys&, const Call&);
Result<wire::KeyView> readKey(Context&, const wire::ReadKey&, const Call&);
Result<wire::LoginAnswer> login(Context&, const wire::Login&, const Call&);
Result<wire::RequestAnswer> createRequest(Context&, const wire::CreateRequest&, const Call&);
Result<wire::WriteAnswer> writeSeal(Context&, const wire::WriteSeal&, const Call&);
Result<wire::WriteAnswer> changeSeal(Context&, const wire::ChangeSeal&, const Call&);
Result<wire::WriteAnswer> annualInspection(Context&, const wire::AnnualInspection&, const Call&);
Result<wire::StateAnswer> orderState(Context&, const wire::OrderState&, const Call&);
Result<wire::StampAnswer> testStamp(Context&, const wire::TestStamp&, const Call&);
Result<wire::StampedAnswer> stampDocument(Context&, const wire::StampDocument&, const Call&);
Result<wire::TimestampedAnswer> addTimestamp(Context&, const wire::AddTimestamp&, const Call&);
Result<wire::ReportView> verifyDocument(Context&, const wire::VerifyDocument&, const Call&);
Result<wire::VerdictView> verifySeal(Context&, const wire::VerifySeal&, const Call&);
Result<wire::Done> changePin(Context&, const wire::ChangePin&, const Call&);
Result<wire::UnblockAnswer> unblockPin(Context&, const wire::UnblockPin&, const Call&);
Result<wire::DocumentAnswer> openDocument(Context&, const wire::OpenDocument&, const Call&);
Result<wire::ReceivedAnswer> appendDocument(Context&, const wire::AppendDocument&, const Call&);
Result<wire::PartAnswer> readDocument(Context&, const wire::ReadDocument&, const Call&);
Result<wire::Done> closeDocument(Context&, const wire::CloseDocument&, const Call&);

}  // namespace sealferry::operation
