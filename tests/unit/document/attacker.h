// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <map>
#include <set>

#include "stamped.h"

namespace sealferry::test {

/// How a document keeps its cross-references, and whether its dictionaries lie in an object stream.
enum class Xref { table, stream };

/// A document of two pages with a form, annotations, metadata and a few traps, as an applicant may hand it in. Objects:
/// 1 catalog, 2 page tree, 3 and 4 pages, 5 and 6 their content, 7 resources, 8 form, 9 font, 10 text field (look: 11),
/// 12 /Annots of page 3, 13 a note, 14 metadata, 15 information, 17 text field whose look (18) the page draws too,
/// 19 text field whose look has an object in between (20), 21 empty signature field. Page 4 refers to 400, which is not
/// there. Behind it all lies another 5 that no table knows.
std::string plainDocument(Xref kind);

/// Writes increments as somebody would who has the signed file and no key.
class Attacker {
 public:
  Attacker(std::string file, Xref kind);

  void put(int number, const std::string& body);
  void putStream(int number, const std::string& content, const std::string& dictionary = "");
  void pointTo(int number, std::uint64_t offset);  ///< the entry of an object that lies there already
  void free(int number);
  /// One byte-true replacement in the body of an object as it now stands, which is then written anew.
  void edit(int number, const std::string& from, const std::string& to);
  void trailer(const std::string& members) { trailer_ = members; }
  /// Every object as it stands, in a section that leads to no earlier one.
  void takeOver();

  std::string body(int number) const;       ///< as it now stands
  int find(const std::string& what) const;  ///< number of the last object whose text has this
  const std::string& file() const { return file_; }
  std::uint64_t lastXref() const;
  /// The file with the increment.
  std::string finish();

 private:
  int size() const;
  std::string file_, increment_, trailer_;
  Xref kind_;
  bool linked_ = true;
  std::map<int, std::int64_t> entries_;  ///< offset, -1: free
};

/// What a signer may do otherwise than ours.
struct SigningHabits {
  std::string subFilter = "/ETSI.CAdES.detached", type = "/Sig";
  std::string members = {};             ///< more of the dictionary, before /Contents
  std::string field = {};               ///< more of the field
  std::string open = "<", close = ">";  ///< around the digits
  int widerBefore = 0, widerAfter = 0;  ///< bytes left out beside them
  std::size_t room = 12'000;            ///< digits
  int existingField = 0;                ///< sign this one instead of a new one
  trust::DigestAlgorithm digest = trust::DigestAlgorithm::sha256;
  std::function<Bytes(ByteView digest)> message = {};  ///< instead of a CMS of ours
  std::function<Bytes(ByteView covered)> token = {};   ///< the same, over the bytes themselves
};
/// A signature put on by an appender that is not ours.
std::string signedBy(const std::string& file, Xref kind, const SigningHabits& habits);

/// CMS over a digest with the test's signer.
Bytes cmsOver(ByteView digest, const trust::cms::Request* like = nullptr);

document::Report reportOn(const std::string& file);
bool has(const document::SignatureReport& signature, const std::string& reason, bool permitted);

}  // namespace sealferry::test
